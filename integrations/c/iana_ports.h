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
   * The number is not that of a transport protocol with ports.
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
  IANA_PORTS_STATUS_DYNAMIC = 4,
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
  IANA_PORTS_END_DESTINATION = 2,
} iana_ports_end;

/**
 * A row of the registry. The texts are in the library, so they stay valid, but have no NUL behind them.
 */
typedef struct iana_ports_row {
  /**
   * The service name. Rows without a name are those that reserve ports, or say that they are unassigned.
   */
  const char *name;
  /**
   * The length of the name in bytes: 0 if there is none.
   */
  size_t name_length;
  /**
   * The description, which a library without the feature `descriptions` does not have.
   */
  const char *description;
  /**
   * The length of the description in bytes: 0 if there is none.
   */
  size_t description_length;
  /**
   * The first and the last port, both included: -1 if the row has no ports.
   */
  int32_t first_port;
  /**
   * See `first_port`.
   */
  int32_t last_port;
  /**
   * The IP protocol number of the transport: 0 if the row has none.
   */
  uint8_t protocol;
  /**
   * The status that the row gives its ports.
   */
  enum iana_ports_status status;
} iana_ports_row;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * Writes the name of a port into `buffer`, with a NUL behind it.
 *
 * The name is IANA's primary one. Returns its length without the NUL, or 0 if the port has no name. If the length is not less than
 * `size`, the text is cut to `size - 1` bytes, as `snprintf` does. A name has at most 63 bytes.
 *
 * `buffer` has `size` bytes, or it is null, and nothing is written. If there is no name, it gets an empty string.
 */
size_t iana_ports_name(uint16_t port,
                       uint8_t protocol,
                       char *buffer,
                       size_t size);

/**
 * The port of a service, or -1 if the name has no port on the transport.
 *
 * `name` is NUL-terminated, in any case; null has no port. Of several ports, the one in everyday use counts, then the lowest.
 */
int32_t iana_ports_port(const char *name,
                        uint8_t protocol);

/**
 * The status of a port.
 */
enum iana_ports_status iana_ports_port_status(uint16_t port, uint8_t protocol);

/**
 * The end of a flow that serves, by its ports.
 *
 * If one end has a name, it serves. If both do, the System Port serves; of two User Ports the one in everyday use; and otherwise
 * the lower port. If the ports are equal, the destination serves.
 */
enum iana_ports_end iana_ports_serving_end(uint16_t source,
                                           uint16_t destination,
                                           uint8_t protocol);

/**
 * Calls `each` for every row of the registry that contains a text, in the order of IANA's page, until `each` returns something
 * other than 0. Returns the number of calls.
 *
 * The search ignores case, and looks into all columns that the library is built with. The empty text is in every row. Null is in
 * none. `context` is given to each call as it is; it may be null. The row is valid during the call only, its texts always.
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
 * `getservbyname_r` of glibc, without a file: the service of this name, in network byte order.
 *
 * It answers as glibc does if /etc/services has what `iana-ports export services` prints. So the case of `name` matters, the
 * lowest of several ports counts, and if `protocol` is null, any transport counts. Otherwise that is "tcp", "udp", "dccp" or
 * "sctp".
 *
 * Returns 0 and sets `*result` to `entry`, or to null if there is no such service. Returns ERANGE and sets `*result` to null if
 * `buffer` of `size` bytes is too small; 1024 bytes suffice for every entry of IANA's registry. Returns EINVAL if a pointer other than `protocol` is null. The
 * strings of the entry are in `buffer`.
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
 * `getservbyport_r` of glibc, without a file: the service at this port, which is in network byte order.
 *
 * The rest is as of `iana_getservbyname_r`.
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
#endif  // __cplusplus

#endif  /* IANA_PORTS_H */
