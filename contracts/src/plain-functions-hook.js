// A hook of Node's module loader (plain-functions.ts). What it puts in is as long as what it takes out, so that source maps
// still hold; where the compiler writes something else, nothing is changed.
const NAMING = 'var __name=(target,value)=>__defProp(target,"name",{value,configurable:true});';
const PLAIN = 'var __name=target=>target;'.padEnd(NAMING.length);

export async function load(url, context, nextLoad) {
  const loaded = await nextLoad(url, context);
  return typeof loaded.source === 'string'
    ? { ...loaded, source: loaded.source.replace(NAMING, PLAIN) }
    : loaded;
}
