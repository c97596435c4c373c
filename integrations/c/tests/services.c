/* Asks glibc and the library for every port and every name, with /etc/services as the first argument has it, and compares the
 * answers. The program overwrites /etc/services: the script ci/c runs it where that is another file.
 *
 * services LINES [full]   without `full` only a sample is compared, for slow tools such as valgrind */

#include "iana_ports.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINES 40000
#define SIZE 8192
#define ENOUGH 1024 /* as the header says */

static char *lines[LINES];
static unsigned ports[LINES];
static size_t count;
static unsigned long compared, wrong;

static void load(const char *path)
{
    char line[1024];
    FILE *file = fopen(path, "r");
    if (!file) {
        perror(path);
        exit(2);
    }
    while (fgets(line, sizeof line, file)) {
        unsigned port;
        char name[64];
        if (count == LINES) {
            fprintf(stderr, "%s has more lines than this program takes\n", path);
            exit(2);
        }
        if (sscanf(line, "%63s %u/", name, &port) == 2) {
            lines[count] = (char *)malloc(strlen(line) + 1);
            strcpy(lines[count], line);
            ports[count++] = port;
        }
    }
    fclose(file);
}

/* Writes the lines of ports from `first` to `last`. Those of other ports make no difference, and cost glibc time. */
static void store(unsigned first, unsigned last)
{
    size_t at;
    FILE *file = fopen("/etc/services", "w");
    if (!file) {
        perror("/etc/services");
        exit(2);
    }
    for (at = 0; at < count; at++)
        if (ports[at] >= first && ports[at] <= last)
            fputs(lines[at], file);
    fclose(file);
}

static int differ(const struct servent *a, const struct servent *b)
{
    size_t at;
    if (!a || !b)
        return a || b;
    if (strcmp(a->s_name, b->s_name) || a->s_port != b->s_port || strcmp(a->s_proto, b->s_proto))
        return 1;
    for (at = 0; a->s_aliases[at] && b->s_aliases[at]; at++)
        if (strcmp(a->s_aliases[at], b->s_aliases[at]))
            return 1;
    return a->s_aliases[at] || b->s_aliases[at];
}

static void report(int theirs, int own, const struct servent *a, const struct servent *b, const char *what, const char *proto)
{
    compared++;
    if (theirs == own && !differ(a, b))
        return;
    if (wrong++ < 20)
        printf("%s/%s: glibc returns %d, %s; the library %d, %s\n", what, proto ? proto : "any", theirs, a ? a->s_name : "nothing", own,
               b ? b->s_name : "nothing");
}

static void by_port(unsigned port, const char *proto)
{
    static char a_buffer[SIZE], b_buffer[ENOUGH];
    struct servent a, b, *a_result, *b_result;
    char what[16];
    int network = htons((unsigned short)port);
    int theirs = getservbyport_r(network, proto, &a, a_buffer, sizeof a_buffer, &a_result);
    int own = iana_getservbyport_r(network, proto, &b, b_buffer, sizeof b_buffer, &b_result);
    snprintf(what, sizeof what, "%u", port);
    report(theirs, own, a_result, b_result, what, proto);
}

static void by_name(const char *name, const char *proto)
{
    static char a_buffer[SIZE], b_buffer[ENOUGH];
    struct servent a, b, *a_result, *b_result;
    int theirs = getservbyname_r(name, proto, &a, a_buffer, sizeof a_buffer, &a_result);
    int own = iana_getservbyname_r(name, proto, &b, b_buffer, sizeof b_buffer, &b_result);
    report(theirs, own, a_result, b_result, name, proto);
}

/* Every buffer that is too small is refused, and nothing is written behind it. Returns the size that suffices. */
static size_t smallest(const char *name)
{
    struct servent entry, *result;
    size_t size;
    for (size = 0; size < SIZE; size++) {
        char *buffer = (char *)malloc(size ? size : 1);
        int said = iana_getservbyname_r(name, NULL, &entry, buffer, size, &result);
        if (said == 0) {
            compared++;
            wrong += !result || strcmp(result->s_name, name) != 0;
            free(buffer);
            return size;
        }
        wrong += said != ERANGE || result != NULL;
        free(buffer);
    }
    return size;
}

int main(int argc, char **argv)
{
    static const char *const protos[] = {"tcp", "udp", NULL, "sctp", "dccp", "xyz"};
    size_t at, proto, largest = 0;
    int is_full = argc > 2;
    if (argc < 2)
        return 2;
    load(argv[1]);
    for (at = 0; at <= 0xffff; at += 1024) {
        unsigned port;
        store((unsigned)at, (unsigned)at + 1023);
        for (port = (unsigned)at; port < at + 1024; port += is_full ? 1 : 97)
            for (proto = 0; proto < (port % 16 && is_full ? 2 : 6); proto++)
                by_port(port, protos[proto]);
    }
    store(0, 0xffff);
    for (at = 0; at < count; at += is_full ? 1 : 997) {
        /* All names of the line, up to the comment. Some of them on every transport, and in another case. */
        char *line = lines[at], *rest = strchr(line, '#'), *name;
        const char *own;
        int field = 0;
        if (rest)
            *rest = 0;
        own = strstr(line, "/tcp") ? "tcp" : strstr(line, "/udp") ? "udp" : strstr(line, "/sctp") ? "sctp" : "dccp";
        for (name = strtok(line, " \t\n"); name; name = strtok(NULL, " \t\n"), field++) {
            if (field == 1)
                continue;
            by_name(name, own);
            if (at % 16 == 0) {
                for (proto = 0; proto < 6; proto++)
                    by_name(name, protos[proto]);
                size_t size = smallest(lines[at]);
                largest = size > largest ? size : largest;
                name[0] = (char)(name[0] ^ ('a' ^ 'A'));
                by_name(name, NULL);
                name[0] = (char)(name[0] ^ ('a' ^ 'A'));
            }
        }
    }
    by_name("no-such-name", NULL);
    by_name("", "tcp");
    by_name("\xff", "tcp");
    printf("%lu answers compared, %lu differ; the largest of some entries takes %lu bytes\n", compared, wrong, (unsigned long)largest);
    return wrong || compared < 1000 || largest > ENOUGH;
}
