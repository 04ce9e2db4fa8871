/** Proxies cannot be told from other objects, and looking into one runs code: a run that is watched notes each as it is made. */

const known = new WeakSet<object>();

export function isProxy(value: object): boolean {
  return known.has(value);
}

/** Stands for `Proxy` in code that is watched. */
export const NOTED_PROXY: unknown = noted();

function noted(): unknown {
  const make = function (target: object, handler: ProxyHandler<object>): object {
    if (!new.target) throw new TypeError("Constructor Proxy requires 'new'");
    const proxy = new Proxy(target, handler);
    known.add(proxy);
    return proxy;
  };
  // A bound function can be called with `new` and, like `Proxy`, has no prototype.
  const bound: object = make.bind(undefined);
  const revocable = (target: object, handler: ProxyHandler<object>): ReturnType<typeof Proxy.revocable> => {
    const made = Proxy.revocable(target, handler);
    known.add(made.proxy);
    return made;
  };
  Reflect.defineProperty(bound, 'name', { value: 'Proxy' });
  Reflect.defineProperty(bound, 'revocable', { value: Object.freeze(revocable) });
  return Object.freeze(bound);
}
