// What tools/bundles.js gives for `import code from './thread.js?bundled'`: the script with what it imports, as text.
declare module '*?bundled' {
  const code: string;
  export default code;
}
