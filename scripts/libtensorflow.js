// libtensorflow where @tensorflow/tfjs-node cannot download its own: the C library and headers out of TensorFlow's package
// for Python, kept in the user's cache, and the binding compiled against them. Linux on x64 only.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cache, fetched, program, run } from './cache.js';

/** Its package has the C library as a file of its own; the C interface is that of 2.9, which tfjs-node asks for. */
const VERSION = '2.12.1';
const NAME = `tensorflow-c-${VERSION}`;
const WHEEL = ['--only-binary=:all:', '--python-version', '3.10', '--platform', 'manylinux_2_17_x86_64'];
const UNPACK = `import sys, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
wanted = ('tensorflow/libtensorflow_', 'tensorflow/include/tensorflow/')
wheel.extractall(sys.argv[2], [name for name in wheel.namelist() if name.startswith(wanted)])`;

function download(folder) {
  const pip = ['-m', 'pip', 'download', '-q', '--no-deps', ...WHEEL, '-d', folder];
  if (!run('python3', [...pip, `tensorflow-cpu==${VERSION}`])) return false;
  const wheel = readdirSync(folder).find((name) => name.endsWith('.whl'));
  if (wheel === undefined || !run('python3', ['-c', UNPACK, join(folder, wheel), folder])) return false;
  mkdirSync(join(folder, 'lib'));
  renameSync(join(folder, 'tensorflow/include'), join(folder, 'include'));
  for (const [file, linked] of [
    ['libtensorflow_cc.so.2', 'libtensorflow.so'],
    ['libtensorflow_framework.so.2', 'libtensorflow_framework.so'],
  ]) {
    renameSync(join(folder, 'tensorflow', file), join(folder, 'lib', file));
    symlinkSync(file, join(folder, 'lib', linked));
  }
  rmSync(join(folder, 'tensorflow'), { recursive: true });
  rmSync(join(folder, wheel));
  return true;
}

/** Compiles the binding of tfjs-node, which lies in this folder. @returns what that lacks; undefined if it was done. */
export function compileBinding(tfjsNode) {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'Linux on x64';
  const needed = existsSync(join(cache, NAME)) ? ['make', 'g++'] : ['python3', 'make', 'g++'];
  const absent = needed.filter((name) => program(name) === undefined);
  if (absent.length > 0) return absent.join(', ');
  if (!fetched(NAME, download)) return `tensorflow-cpu ${VERSION} from pip`;
  const deps = join(tfjsNode, 'deps');
  rmSync(deps, { recursive: true, force: true });
  symlinkSync(join(cache, NAME), deps);
  const headers = dirname(dirname(process.execPath));
  const env = existsSync(join(headers, 'include/node/node_api.h'))
    ? { ...process.env, npm_config_nodedir: headers }
    : process.env;
  const build = ['--', 'node-pre-gyp', 'install', '--build-from-source'];
  return run('npm', ['explore', '@tensorflow/tfjs-node', ...build], { env })
    ? undefined
    : 'a compiler that builds it';
}
