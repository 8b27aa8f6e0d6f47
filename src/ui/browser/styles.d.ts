/** Style sheets that a script brings along; they are bundled beside it. */
declare module '*.css';
