declare module 'unbzip2-stream' {
  /** A stream that bzip2 is written to, and that says what it unpacks to. */
  function unbzip2Stream(): NodeJS.ReadWriteStream;
  export = unbzip2Stream;
}
