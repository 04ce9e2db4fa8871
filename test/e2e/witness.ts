/**
 * What attacks are judged by: servers on the page's own origin and on another one that write down every request, a datagram
 * socket, and nothing that the attacking code says about itself.
 */
import { createSocket } from 'node:dgram';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import type { SiteFiles } from './sandbox-site';
import { CONTENT_TYPES } from './static-server';

export interface Witness {
  readonly url: string;
  /** Where the attacks aim: own origin, other origin, web socket, datagrams. */
  readonly targets: Readonly<Record<'own' | 'other' | 'socket', string>>;
  readonly stunPort: number;
  /** Every request that asked for something a page of ours never asks for, since the last call. */
  takeHits(): string[];
  stop(): Promise<void>;
}

export async function startWitness(files: SiteFiles): Promise<Witness> {
  const hits: string[] = [];
  const listener =
    (origin: string): RequestListener =>
    (request, response) => {
      const path = new URL(request.url ?? '/', 'http://localhost').pathname;
      const body = origin === 'own' ? files.get(path === '/' ? '/index.html' : path) : undefined;
      if (body === undefined) {
        if (path !== '/favicon.ico') hits.push(`${origin} ${request.method} ${path}`);
        const type = path.endsWith('.js') ? 'text/javascript' : 'text/plain';
        return void response.writeHead(200, { 'content-type': type, 'access-control-allow-origin': '*' }).end('1;');
      }
      response.writeHead(200, { 'content-type': CONTENT_TYPES[extname(path)] ?? 'text/html', 'cache-control': 'no-store' }).end(body);
    };
  const listen = async (origin: string): Promise<Server> => {
    const server = createServer(listener(origin));
    server.on('upgrade', (request, socket) => {
      hits.push(`${origin} web socket ${request.url}`);
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return server;
  };
  const servers = await Promise.all([listen('own'), listen('other')]);
  const [own, other] = servers.map((server) => (server.address() as AddressInfo).port);
  const datagrams = createSocket('udp4').on('message', () => hits.push('datagram'));
  await new Promise<void>((resolve) => datagrams.bind(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${own}/`,
    targets: { own: `http://localhost:${own}`, other: `http://127.0.0.1:${other}`, socket: `ws://localhost:${own}` },
    stunPort: datagrams.address().port,
    takeHits: () => hits.splice(0),
    stop: async () => {
      datagrams.close();
      await Promise.all(
        servers.map(
          (server) =>
            new Promise<void>((resolve) => {
              server.close(() => resolve());
              server.closeAllConnections();
            }),
        ),
      );
    },
  };
}
