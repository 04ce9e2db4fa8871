/** Asks through a queue, in five steps. */
export async function onTick(ctx: Ctx) {
  // 1. Send to the request queue. The message carries a fresh correlation id and the name of the reply queue.
  const ticket = ctx.send('hellos', { name: 'World' }, { replyTo: 'replies' });

  // 2. The broker accepts the message. The sender is free again, and nobody has been greeted yet.
  await ticket.accepted;
  ctx.log('goes on');

  // 3. The greeter takes the message when one of its workers is free.
  // 4. It works, then sends its answer to the reply queue, with the same correlation id.

  // 5. The answer comes from the reply queue. Its correlation id says to which request it belongs.
  const { message } = await ticket.reply;
  ctx.log(message);
}
