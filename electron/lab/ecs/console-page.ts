/** Where the provider's page for a console lies; the app looks for it beside a stand-in's endpoint. */
const PATH = /^\/aliyun\/ecs-console-vnc2\/[\d.]+\/index\.html$/;

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (char) => `&#${char.codePointAt(0) ?? 0};`);

/**
 * What stands in the place of the provider's page: nothing of it, only where the screen of a practice instance is.
 * Undefined for any other address.
 */
export function consolePage(address: string): string | undefined {
  const url = new URL(address, 'http://127.0.0.1');
  if (!PATH.test(url.pathname)) return undefined;
  const instance = escapeHtml((url.searchParams.get('instanceId') ?? '').slice(0, 100));
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Practice</title>
<style>
  :root { color-scheme: light dark }
  body { margin: 15vh auto; max-width: 36em; padding: 0 1em; font: 16px/1.5 sans-serif }
</style>
<h1>Practice</h1>
<p>On Alibaba Cloud the provider’s own page would show the screen of <strong>${instance}</strong> here.
The screen of a practice instance is shown over VNC: close this window and open the VNC console instead.</p>
</html>
`;
}
