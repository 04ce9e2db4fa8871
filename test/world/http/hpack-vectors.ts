/** The examples of RFC 7541 Appendix C: what is encoded, the octets, and the dynamic table after it, newest entry first, with its size. */
import type { HeaderField } from '../../../src/world/http/hpack-table';

export interface Vector {
  readonly name: string;
  readonly fields: readonly HeaderField[];
  readonly octets: string;
  readonly table: readonly HeaderField[];
  readonly size: number;
}

const GET: HeaderField = [':method', 'GET'];
const AUTHORITY: HeaderField = [':authority', 'www.example.com'];
const NO_CACHE: HeaderField = ['cache-control', 'no-cache'];
const CUSTOM: HeaderField = ['custom-key', 'custom-value'];
const REQUESTS = [
  { fields: [GET, [':scheme', 'http'], [':path', '/'], AUTHORITY], table: [AUTHORITY], size: 57 },
  { fields: [GET, [':scheme', 'http'], [':path', '/'], AUTHORITY, NO_CACHE], table: [NO_CACHE, AUTHORITY], size: 110 },
  {
    fields: [GET, [':scheme', 'https'], [':path', '/index.html'], AUTHORITY, CUSTOM],
    table: [CUSTOM, NO_CACHE, AUTHORITY],
    size: 164,
  },
] as const satisfies readonly Omit<Vector, 'name' | 'octets'>[];

const PRIVATE: HeaderField = ['cache-control', 'private'];
const [DATE, LATER]: readonly HeaderField[] = [
  ['date', 'Mon, 21 Oct 2013 20:13:21 GMT'],
  ['date', 'Mon, 21 Oct 2013 20:13:22 GMT'],
] as const;
const LOCATION: HeaderField = ['location', 'https://www.example.com'];
const GZIP: HeaderField = ['content-encoding', 'gzip'];
const COOKIE: HeaderField = ['set-cookie', 'foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1'];
const FOUND: HeaderField = [':status', '302'];
const TEMPORARY: HeaderField = [':status', '307'];
const RESPONSES = [
  { fields: [FOUND, PRIVATE, DATE!, LOCATION], table: [LOCATION, DATE!, PRIVATE, FOUND], size: 222 },
  { fields: [TEMPORARY, PRIVATE, DATE!, LOCATION], table: [TEMPORARY, LOCATION, DATE!, PRIVATE], size: 222 },
  { fields: [[':status', '200'], PRIVATE, LATER!, LOCATION, GZIP, COOKIE], table: [COOKIE, GZIP, LATER!], size: 215 },
] as const satisfies readonly Omit<Vector, 'name' | 'octets'>[];

function named(section: string, parts: readonly Omit<Vector, 'name' | 'octets'>[], octets: readonly string[]): Vector[] {
  return parts.map((part, at) => ({ ...part, name: `${section}.${at + 1}`, octets: octets[at]!.replaceAll(/\s/g, '') }));
}

/** C.3, requests in plain octets. */
export const PLAIN_REQUESTS = named('C.3', REQUESTS, [
  '828684410f7777772e6578616d706c65 2e636f6d',
  '828684be58086e6f2d6361636865',
  '828785bf400a637573746f6d2d6b6579 0c637573746f6d2d76616c7565',
]);

/** C.4, the same with Huffman coding. */
export const CODED_REQUESTS = named('C.4', REQUESTS, [
  '828684418cf1e3c2e5f23a6ba0ab90f4 ff',
  '828684be5886a8eb10649cbf',
  '828785bf408825a849e95ba97d7f8925 a849e95bb8e8b4bf',
]);

/** C.5, responses in plain octets; the table holds 256 octets, so entries are evicted. */
export const PLAIN_RESPONSES = named('C.5', RESPONSES, [
  `4803333032580770726976617465611d 4d6f6e2c203231204f63742032303133 2032303a31333a323120474d546e1768
   747470733a2f2f7777772e6578616d70 6c652e636f6d`,
  '4803333037c1c0bf',
  `88c1611d4d6f6e2c203231204f637420 323031332032303a31333a323220474d 54c05a04677a69707738666f6f3d4153
   444a4b48514b425a584f5157454f5049 5541585157454f49553b206d61782d61 67653d333630303b2076657273696f6e 3d31`,
]);

/** C.6, the same with Huffman coding. */
export const CODED_RESPONSES = named('C.6', RESPONSES, [
  '488264025885aec3771a4b6196d07abe 941054d444a8200595040b8166e082a6 2d1bff6e919d29ad171863c78f0b97c8 e9ae82ae43d3',
  '4883640effc1c0bf',
  `88c16196d07abe941054d444a8200595 040b8166e084a62d1bffc05a839bd9ab 77ad94e7821dd7f2e6c7b335dfdfcd5b
   3960d5af27087f3672c1ab270fb5291f 9587316065c003ed4ee5b1063d5007`,
]);
