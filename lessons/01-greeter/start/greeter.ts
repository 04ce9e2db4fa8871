/** Called or sent, a hello is the same work: one second of one worker. */
async function greet(name: string, ctx: Ctx) {
  await ctx.work(seconds(1));
  return { message: `Hello, ${name}!` };
}

/** A call: the caller waits for what is returned here. */
export async function onRequest(request: Request, ctx: Ctx) {
  return greet(request.body.name, ctx);
}

/** A message: the answer goes to the queue that the message names as its reply-to. */
export async function onMessage(message: Message, ctx: Ctx) {
  ctx.reply(await greet(message.body.name, ctx));
}
