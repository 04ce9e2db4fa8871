/** What holds on a connection of HTTP/2 before its ends have said anything else. */

/** Initial windows of streams and connections (RFC 9113 §6.9.2). */
export const FIRST_WINDOW = 65_535;
/** SETTINGS_MAX_FRAME_SIZE before any SETTINGS (RFC 9113 §6.5.2). */
export const FIRST_MAX_FRAME = 16_384;
/** SETTINGS_HEADER_TABLE_SIZE before any SETTINGS (RFC 9113 §6.5.2). */
export const FIRST_HEADER_TABLE = 4_096;
