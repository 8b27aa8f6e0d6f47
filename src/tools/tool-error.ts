/** What an agent asked for cannot be answered; the message, in the display language, says why and what to ask instead. */
export class ToolError extends Error {}
