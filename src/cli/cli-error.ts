/** A mistake in how the command was called: its message is a whole sentence for the terminal. */
export class CliError extends Error {}
