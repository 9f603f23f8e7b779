import { describe, expect, it } from 'vitest';
import { limitAnswers } from '../../../lib/oauth/limit-answers.ts';
import { readAnswer } from '../../../lib/oauth/read-answer.ts';
import { createFakePorts } from '../../fakes/create-fake-ports.ts';

const url = 'https://service.example/things';
const megabyte = new Uint8Array(1_000_000).fill(0x20);

function open(answer: (request: Request) => Response | Promise<Response>) {
  const ports = createFakePorts();
  let asked: Request | undefined;
  ports.script.http = {
    [`GET ${url}`]: (request) => {
      asked = request;
      return answer(request);
    },
  };
  return { ports, ask: () => limitAnswers(ports)(new Request(url)), asked: () => asked };
}

/** @param count Infinity for no end. */
function send(count: number, chunk: Uint8Array<ArrayBuffer>, onPull = () => {}) {
  let left = count;
  return new ReadableStream({
    pull(stream) {
      onPull();
      if (left <= 0) stream.close();
      else stream.enqueue(chunk);
      left -= 1;
    },
  });
}

describe('an answer', () => {
  it('comes as it is, with status and headers', async () => {
    const { ask } = open(() => Response.json({ a: 1 }, { status: 201, headers: { 'x-left': '3' } }));
    const response = await ask();
    expect([response.status, response.headers.get('x-left'), await response.json()]).toEqual([
      201,
      '3',
      { a: 1 },
    ]);
  });

  it('without a body is handed on itself, as a redirect that was not followed', async () => {
    const empty = new Response(null, { status: 204 });
    expect(await open(() => empty).ask()).toBe(empty);
  });

  it('still says that it was led here', async () => {
    const led = Object.defineProperty(Response.json({}), 'redirected', { value: true });
    expect((await open(() => led).ask()).redirected).toBe(true);
  });

  it('that never begins is given up after 20 s, and its connection is closed', async () => {
    const { ports, ask, asked } = open(() => new Promise(() => undefined));
    const answer = ask();
    answer.catch(() => undefined);
    await Promise.resolve();
    ports.clock.advance(19_999);
    expect(asked()?.signal.aborted).toBe(false);
    ports.clock.advance(1);
    await expect(answer).rejects.toMatchObject({ code: 'timeout' });
    expect(asked()?.signal.aborted).toBe(true);
  });

  it('that drips is given up after 20 s, however steadily it comes', async () => {
    const drop = new Uint8Array([0x20]);
    const { ports, ask } = open(() => new Response(send(Infinity, drop, () => ports.clock.advance(1000))));
    await expect(readAnswer(await ask(), 0)).rejects.toMatchObject({ code: 'timeout' });
  });

  it('of more than 5 MB is not read to its end', async () => {
    let pulls = 0;
    const { ask } = open(() => new Response(send(Infinity, megabyte, () => (pulls += 1))));
    await expect(readAnswer(await ask(), 0)).rejects.toMatchObject({ code: 'answer_too_large' });
    expect(pulls).toBeLessThan(9);
  });

  it('of 5 MB is', async () => {
    const { ask } = open(() => new Response(send(5, megabyte)));
    expect(await (await ask()).text()).toHaveLength(5_000_000);
  });

  it('that breaks off is a network failure', async () => {
    const broken = new ReadableStream({ pull: (stream) => stream.error(new TypeError('terminated')) });
    const { ask } = open(() => new Response(broken));
    await expect((await ask()).text()).rejects.toMatchObject({ code: 'network' });
  });

  it('that nobody wants any more ends at the service too', async () => {
    let isCancelled = false;
    const body = new ReadableStream({
      pull: (stream) => stream.enqueue(megabyte),
      cancel: () => void (isCancelled = true),
    });
    const { ask } = open(() => new Response(body));
    await (await ask()).body?.cancel();
    expect(isCancelled).toBe(true);
  });
});
