/* Every function of the interface, with a hit, a miss, and what is refused. */

#include "iana_ports.h"

#include <stdio.h>
#include <string.h>

static int wrong;

#define EXPECT(condition)                                                                                                          \
    do {                                                                                                                           \
        if (!(condition)) {                                                                                                        \
            printf("line %d: %s\n", __LINE__, #condition);                                                                         \
            wrong++;                                                                                                               \
        }                                                                                                                          \
    } while (0)

struct found {
    int rows, has_https;
};

static int each(const iana_ports_row *row, void *context)
{
    struct found *found = (struct found *)context;
    found->rows++;
    if (row->name_length == 5 && !memcmp(row->name, "https", 5) && row->protocol == 6)
        found->has_https |= row->first_port == 443 && row->last_port == 443 && row->status == IANA_PORTS_STATUS_ASSIGNED;
    return 0;
}

static int stop(const iana_ports_row *row, void *context)
{
    (void)row;
    (void)context;
    return 1;
}

int main(void)
{
    char buffer[100], digest[65];
    struct found found = {0, 0};
    memset(buffer, 'x', sizeof buffer);
    EXPECT(iana_ports_name(443, 6, buffer, sizeof buffer) == 5 && !strcmp(buffer, "https"));
    EXPECT(iana_ports_name(443, 6, buffer, 4) == 5 && !strcmp(buffer, "htt"));
    EXPECT(iana_ports_name(443, 6, buffer, 1) == 5 && !strcmp(buffer, ""));
    buffer[0] = 'x';
    EXPECT(iana_ports_name(443, 6, buffer, 0) == 5 && buffer[0] == 'x');
    EXPECT(iana_ports_name(443, 6, NULL, 100) == 5);
    EXPECT(iana_ports_name(50000, 6, buffer, sizeof buffer) == 0 && !strcmp(buffer, ""));
    EXPECT(iana_ports_name(443, 1, buffer, sizeof buffer) == 0);
    EXPECT(iana_ports_name(5060, 136, buffer, sizeof buffer) == 3 && !strcmp(buffer, "sip"));

    EXPECT(iana_ports_port("HTTPS", 6) == 443);
    EXPECT(iana_ports_port("https", 33) == -1 && iana_ports_port("https", 1) == -1);
    EXPECT(iana_ports_port("htps", 6) == -1 && iana_ports_port("", 6) == -1);
    EXPECT(iana_ports_port(NULL, 6) == -1 && iana_ports_port("\xff", 6) == -1);

    EXPECT(iana_ports_familiar_name(53, 17, buffer, sizeof buffer) == 3 && !strcmp(buffer, "dns"));
    EXPECT(iana_ports_familiar_name(443, 6, buffer, sizeof buffer) == 5 && !strcmp(buffer, "https"));
    EXPECT(iana_ports_familiar_name(50123, 6, NULL, 0) == 0 && iana_ports_familiar_name(53, 1, NULL, 0) == 0);
    EXPECT(iana_ports_familiar_port("RDP", 6) == 3389 && iana_ports_port("rdp", 6) == -1);
    EXPECT(iana_ports_familiar_port("no-such-name", 6) == -1 && iana_ports_familiar_port(NULL, 6) == -1);

    EXPECT(iana_ports_port_status(443, 6) == IANA_PORTS_STATUS_ASSIGNED);
    EXPECT(iana_ports_port_status(1023, 6) == IANA_PORTS_STATUS_RESERVED);
    EXPECT(iana_ports_port_status(4, 6) == IANA_PORTS_STATUS_UNASSIGNED);
    EXPECT(iana_ports_port_status(50000, 17) == IANA_PORTS_STATUS_DYNAMIC);
    EXPECT(iana_ports_port_status(443, 255) == IANA_PORTS_STATUS_NO_TRANSPORT);

    EXPECT(iana_ports_serving_end(443, 50000, 6) == IANA_PORTS_END_SOURCE);
    EXPECT(iana_ports_serving_end(8443, 22, 6) == IANA_PORTS_END_DESTINATION);
    EXPECT(iana_ports_serving_end(50000, 50001, 6) == IANA_PORTS_END_NEITHER);
    EXPECT(iana_ports_serving_end(443, 50000, 0) == IANA_PORTS_END_NEITHER);

    EXPECT(iana_ports_search("HTTPS", each, &found) == (size_t)found.rows && found.rows > 1 && found.has_https);
    EXPECT(iana_ports_search("https", stop, NULL) == 1);
    EXPECT(iana_ports_search("no such text", each, &found) == 0);
    EXPECT(iana_ports_search(NULL, each, &found) == 0 && iana_ports_search("https", NULL, NULL) == 0);

    EXPECT(iana_ports_registry_updated(buffer, sizeof buffer) == 10 && buffer[4] == '-' && buffer[7] == '-');
    EXPECT(iana_ports_registry_sha256(digest, sizeof digest) == 64 && strspn(digest, "0123456789abcdef") == 64);

#ifdef IANA_PORTS_HAS_NETDB
    {
        struct servent entry, *result = &entry;
        EXPECT(iana_getservbyname_r(NULL, NULL, &entry, buffer, sizeof buffer, &result) != 0);
        EXPECT(iana_getservbyname_r("https", NULL, NULL, buffer, sizeof buffer, &result) != 0);
        EXPECT(iana_getservbyname_r("https", NULL, &entry, NULL, 0, &result) != 0);
        EXPECT(iana_getservbyname_r("https", NULL, &entry, buffer, sizeof buffer, NULL) != 0);
        EXPECT(iana_getservbyport_r(-1, NULL, &entry, buffer, sizeof buffer, &result) == 0 && !result);
        EXPECT(iana_getservbyport_r(1 << 20, NULL, &entry, buffer, sizeof buffer, &result) == 0 && !result);
    }
#endif
    printf("%d wrong\n", wrong);
    return wrong != 0;
}
