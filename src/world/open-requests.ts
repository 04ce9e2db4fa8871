/** The requests that are not decided, in the order of their start. A list through the requests themselves: nothing is allocated or searched. */
import type { ClientRequest } from './client-request';

export class OpenRequests {
  size = 0;
  private first: ClientRequest | undefined = undefined;
  private last: ClientRequest | undefined = undefined;

  add(request: ClientRequest): void {
    request.earlier = this.last;
    if (this.last) this.last.later = request;
    else this.first = request;
    this.last = request;
    this.size++;
  }

  /** The request must be in the list. */
  remove(request: ClientRequest): void {
    const { earlier, later } = request;
    if (earlier) earlier.later = later;
    else this.first = later;
    if (later) later.earlier = earlier;
    else this.last = earlier;
    request.earlier = request.later = undefined;
    this.size--;
  }

  /** Those of one client, in the order of their start. */
  of(client: number): ClientRequest[] {
    const requests: ClientRequest[] = [];
    this.forEach((request) => {
      if (request.client === client) requests.push(request);
    });
    return requests;
  }

  forEach(visit: (request: ClientRequest) => void): void {
    for (let request = this.first; request; request = request.later) visit(request);
  }
}
