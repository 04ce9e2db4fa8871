/**
 * WebDriver BiDi (https://www.w3.org/TR/webdriver-bidi/): commands and events as JSON over one web socket. It is what a stock Firefox
 * understands; what playwright-core says over it needs a newer Firefox than the long-term one.
 */
interface Answer {
  readonly type: 'success' | 'error';
  readonly id: number;
  readonly result: unknown;
  readonly error?: string;
  readonly message?: string;
}

interface Event {
  readonly type: 'event';
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export class Bidi {
  private readonly waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  private last = 0;

  private constructor(
    private readonly socket: WebSocket,
    onEvent: (method: string, params: Event['params']) => void,
  ) {
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(String(data)) as Answer | Event;
      if (message.type === 'event') return onEvent(message.method, message.params);
      const { resolve, reject } = this.waiting.get(message.id)!;
      this.waiting.delete(message.id);
      if (message.type === 'success') resolve(message.result);
      else reject(new Error(`${message.error}: ${message.message}`));
    };
    socket.onclose = () => {
      for (const { reject } of this.waiting.values()) reject(new Error('The browser hung up'));
      this.waiting.clear();
    };
  }

  static async connect(url: string, onEvent: (method: string, params: Event['params']) => void): Promise<Bidi> {
    const socket = new WebSocket(url);
    await new Promise<void>((resolve, reject) => {
      socket.onopen = () => resolve();
      socket.onerror = () => reject(new Error(`No answer from ${url}`));
    });
    return new Bidi(socket, onEvent);
  }

  /** The types of results are the standard's, and not checked here. */
  send<Result>(method: string, params: object): Promise<Result> {
    const id = ++this.last;
    return new Promise<Result>((resolve, reject) => {
      this.waiting.set(id, { resolve: (result) => resolve(result as Result), reject });
      this.socket.send(JSON.stringify({ id, method, params }));
    });
  }
}
