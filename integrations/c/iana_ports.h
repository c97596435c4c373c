/* The IANA Service Name and Transport Protocol Port Number Registry, compiled in.
 *
 * Every function is reentrant. None allocates, keeps state, opens a file or calls the C library. Ports are in host byte order, if
 * the function is not iana_getserv*. Transport protocols are numbers of IP: 6 for TCP, 17 for UDP (and 136 for UDP-Lite, which uses
 * the ports of UDP), 33 for DCCP, 132 for SCTP. No other number has ports.
 *
 * Written by cbindgen from integrations/c/src. Do not edit it. */

#ifndef IANA_PORTS_H
#define IANA_PORTS_H

#include <stddef.h>
#include <stdint.h>

#if defined(__unix__) || defined(__APPLE__)
#define IANA_PORTS_HAS_NETDB
#include <netdb.h>
#endif

/**
 * The status of a port (RFC 6335 section 6).
 */
typedef enum iana_ports_status {
  /**
   * The protocol number is not one of a transport protocol with ports.
   */
  IANA_PORTS_STATUS_NO_TRANSPORT = 0,
  /**
   * The port is assigned to a service.
   */
  IANA_PORTS_STATUS_ASSIGNED = 1,
  /**
   * The port is not available.
   */
  IANA_PORTS_STATUS_RESERVED = 2,
  /**
   * The port is available for assignment.
   */
  IANA_PORTS_STATUS_UNASSIGNED = 3,
  /**
   * The port is one of the Dynamic Ports, 49152 to 65535, which are never assigned.
   */
  IANA_PORTS_STATUS_DYNAMIC = 4
} iana_ports_status;

/**
 * An end of a flow.
 */
typedef enum iana_ports_end {
  /**
   * Neither end has a name.
   */
  IANA_PORTS_END_NEITHER = 0,
  /**
   * The end that sends the packet.
   */
  IANA_PORTS_END_SOURCE = 1,
  /**
   * The end that receives the packet.
   */
  IANA_PORTS_END_DESTINATION = 2
} iana_ports_end;

/**
 * A row of the registry. The texts are part of the library, so they stay valid. They are not NUL-terminated.
 */
typedef struct iana_ports_row {
  /**
   * The service name. Rows without a name reserve ports, or say that ports are unassigned.
   */
  const char *name;
  /**
   * The length of the name in bytes, or 0 if there is no name.
   */
  size_t name_length;
  /**
   * The description. It is empty if the library was built without the feature `descriptions`.
   */
  const char *description;
  /**
   * The length of the description in bytes, or 0 if there is no description.
   */
  size_t description_length;
  /**
   * The first port, or -1 if the row has no ports.
   */
  int32_t first_port;
  /**
   * The last port, which belongs to the row, or -1 if the row has no ports.
   */
  int32_t last_port;
  /**
   * The IP protocol number of the transport, or 0 if the row names none.
   */
  uint8_t protocol;
  /**
   * The status that the row gives its ports.
   */
  enum iana_ports_status status;
} iana_ports_row;

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Writes the name of a port into `buffer`, followed by a NUL.
 *
 * The name is IANA's primary one. Returns its length without the NUL, or 0 if the port has no name. If the length is
 * not less than `size`, the text is cut to `size - 1` bytes, as `snprintf` does. A name has at most 63 bytes.
 *
 * `buffer` has `size` bytes, or it is null; then nothing is written. If the port has no name, an empty string is
 * written.
 */
size_t iana_ports_name(uint16_t port,
                       uint8_t protocol,
                       char *buffer,
                       size_t size);

/**
 * Returns the port of a service, or -1 if the name has no port on the transport.
 *
 * `name` is NUL-terminated, in upper or lower case. If it is null, the result is -1. If the name has several ports,
 * the result is the one in everyday use, or else the lowest.
 */
int32_t iana_ports_port(const char *name,
                        uint8_t protocol);

/**
 * Writes the name that people use for a port, such as `dns` for 53/udp, as `iana_ports_name` writes a name.
 *
 * If people use none, the name is IANA's. Only libraries with the feature `familiar`, which is on by default, have this
 * function.
 */
size_t iana_ports_familiar_name(uint16_t port,
                                uint8_t protocol,
                                char *buffer,
                                size_t size);

/**
 * Returns the port that people mean by a name, such as 3389 for `rdp`, or -1 if there is none on the transport.
 *
 * `name` is as for `iana_ports_port`. Only libraries with the feature `familiar`, which is on by default, have this
 * function.
 */
int32_t iana_ports_familiar_port(const char *name,
                                 uint8_t protocol);

/**
 * Returns the status of a port.
 */
enum iana_ports_status iana_ports_port_status(uint16_t port, uint8_t protocol);

/**
 * Returns the end of a flow that serves, judged by its ports.
 *
 * If one end has a name, it serves. If both do, a System Port comes first, then a User Port in everyday use, then the
 * lower port. If the ports are equal, the destination serves.
 */
enum iana_ports_end iana_ports_serving_end(uint16_t source,
                                           uint16_t destination,
                                           uint8_t protocol);

/**
 * Calls `each` for every row of the registry that contains a text, in the order of IANA's page, until `each` returns
 * something other than 0. Returns the number of calls.
 *
 * The search ignores case, and looks into all columns that the library was built with. Every row contains the empty
 * text; if `text` is null, there are no calls. `context` is passed to each call unchanged, and may be null. The row is
 * valid only during the call, but its texts stay valid.
 */
size_t iana_ports_search(const char *text,
                         int (*each)(const struct iana_ports_row *row, void *context),
                         void *context);

/**
 * Writes the date of the registry, such as `2026-09-12`, as `iana_ports_name` writes a name.
 */
size_t iana_ports_registry_updated(char *buffer, size_t size);

/**
 * Writes the SHA-256 digest of the registry's file, 64 hexadecimal digits, as `iana_ports_name` writes a name.
 */
size_t iana_ports_registry_sha256(char *buffer,
                                  size_t size);

#if defined(IANA_PORTS_HAS_NETDB)
/**
 * Like glibc's `getservbyname_r`, but without a file: finds the service with this name. Ports are in network byte
 * order.
 *
 * The answers are those of glibc if /etc/services contains the output of `iana-ports export services`. So the case of
 * `name` matters, and the lowest of several ports counts. `protocol` is "tcp", "udp", "dccp" or "sctp", or null for
 * any transport.
 *
 * Returns 0 and sets `*result` to `entry`, or to null if there is no such service. Returns ERANGE and sets `*result`
 * to null if `buffer`, which has `size` bytes, is too small; 1024 bytes are enough for every entry of IANA's registry.
 * Returns EINVAL if a pointer other than `protocol` is null. The strings of the entry are in `buffer`.
 */
int iana_getservbyname_r(const char *name,
                         const char *protocol,
                         struct servent *entry,
                         char *buffer,
                         size_t size,
                         struct servent **result);
#endif

#if defined(IANA_PORTS_HAS_NETDB)
/**
 * Like glibc's `getservbyport_r`, but without a file: finds the service on this port, which is in network byte order.
 *
 * Everything else is the same as for `iana_getservbyname_r`.
 */
int iana_getservbyport_r(int port,
                         const char *protocol,
                         struct servent *entry,
                         char *buffer,
                         size_t size,
                         struct servent **result);
#endif

#ifdef __cplusplus
}  // extern "C"
#endif

#endif  /* IANA_PORTS_H */
