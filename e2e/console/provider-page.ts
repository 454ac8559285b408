import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EcsStandIn } from '../../electron/lab/ecs/stand-in';

/** A page in the place of the provider's, which keeps what it can and offers ways out. */
const PAGE = `<!doctype html><title>stand-in console</title><h1>Stand-in console</h1>
<p id="kept"></p><p id="asked"></p>
<a id="away" href="/elsewhere.html">away</a>
<a id="download" href="/file.bin" download>download</a>
<iframe id="frame" src="/frame.html"></iframe>
<script>
  const asked = new URL(location.href).searchParams;
  document.querySelector('#kept').textContent = localStorage.getItem('kept') || 'nothing';
  document.querySelector('#asked').textContent = asked.get('instanceId') + ' ' + asked.get('isWindows');
  localStorage.setItem('kept', 'canary-kept-8812 ' + asked.get('vncUrl'));
  document.cookie = 'kept=canary-kept-8812; max-age=86400';
</script>`;

/**
 * The endpoint of a stand-in with the provider's page beside it: what the API is asked goes to the stand-in as it
 * came; the addresses that it gave for consoles are remembered.
 */
export async function withProviderPage(standIn: EcsStandIn) {
  const asked: string[] = [];
  const addresses: string[] = [];
  const server = createServer((message, response) => {
    if (message.method !== 'POST') {
      asked.push(message.url ?? '');
      const page = message.url?.startsWith('/aliyun/ecs-console-vnc2/0.0.8/index.html?');
      response.writeHead(page ? 200 : 404, { 'content-type': 'text/html' }).end(page ? PAGE : 'nothing');
      return;
    }
    const { port } = new URL(standIn.endpoint);
    const { method, headers, url: path } = message;
    const onward = forward({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const body = Buffer.concat(chunks);
        const [, address] = /"VncUrl":"([^"]+)"/.exec(body.toString('utf8')) ?? [];
        if (address !== undefined) addresses.push(address);
        response.writeHead(answer.statusCode ?? 500, answer.headers).end(body);
      });
    });
    message.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    /** What the window asked of the page's server. */
    asked,
    /** As the cloud gave them. */
    addresses,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
