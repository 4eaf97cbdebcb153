/** One stream for all pages of a browser: HTTP/1.1 allows about six connections per origin. */
import { Stream, type StreamMessage } from './stream';

/** What a page asks of the worker. */
export type PageMessage = { type: 'start'; after: number } | { type: 'stop' } | { type: 'bye' };

const pages = new Set<MessagePort>();
let open = false;

const stream = new Stream((message: StreamMessage) => {
  if (message.type === 'open') open = true;
  if (message.type === 'closed') open = false;
  for (const page of pages) page.postMessage(message);
});

function stop(): void {
  stream.stop();
  open = false;
}

addEventListener('connect', (event) => {
  const page = (event as MessageEvent).ports[0]!;
  pages.add(page);
  page.onmessage = ({ data }: MessageEvent<PageMessage>) => {
    if (data.type === 'start') {
      pages.add(page);
      stream.start(data.after);
    } else if (data.type === 'stop') {
      stop();
    } else {
      pages.delete(page);
      if (pages.size === 0) stop();
    }
  };
  if (open) page.postMessage({ type: 'open' } satisfies StreamMessage);
});
