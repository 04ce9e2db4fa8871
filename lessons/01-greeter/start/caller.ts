/** Asks and waits. Until the answer is here, this caller can do nothing else. */
export async function onTick(ctx: Ctx) {
  const { message } = await ctx.call('greeter', { name: 'World' });
  ctx.log(message);
}
