/**
 * The Model Context Protocol on standard input and output. A bundle of its own, loaded with the command that serves it.
 */
export { serveTools, type ServedTool, type ServerDescription } from './serve';
