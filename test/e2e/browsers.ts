/**
 * Finds the two browsers of the journeys, and installs them where Debian lets us. Run by itself
 * (`npm run browsers`) it prints what it found. A browser build downloaded by a tool is never used.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { env, getuid } from 'node:process';

export interface Browsers {
  /** Absolute path of Chromium. */
  readonly chromium: string;
  /** Absolute path of Firefox. */
  readonly firefox: string;
}
export type BrowserName = keyof Browsers;

interface Recipe {
  readonly title: string;
  /** The environment variable that overrules the search. */
  readonly variable: string;
  /** Commands looked for on PATH, the first one wins. Google Chrome is left out: it ignores --load-extension. */
  readonly commands: readonly string[];
  /** The Debian package. */
  readonly package: string;
}

const recipes: Readonly<Record<BrowserName, Recipe>> = {
  chromium: {
    title: 'Chromium',
    variable: 'CHROMIUM',
    commands: ['chromium', 'chromium-browser'],
    package: 'chromium',
  },
  firefox: {
    title: 'Firefox',
    variable: 'FIREFOX',
    commands: ['firefox-esr', 'firefox'],
    package: 'firefox-esr',
  },
};
const names = ['chromium', 'firefox'] as const satisfies readonly BrowserName[];

/** A browser is missing and could not be installed; the message is one line that says how to get it. */
export class BrowserMissing extends Error {
  override readonly name = 'BrowserMissing';
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function findCommand(command: string): string | undefined {
  const folders = [...(env['PATH'] ?? '').split(delimiter).filter(Boolean), '/usr/bin'];
  return folders.map((folder) => join(folder, command)).find(isProgram);
}

/**
 * The path of a browser, or undefined when it is not on this machine.
 * @throws BrowserMissing when the environment variable names something that cannot be run.
 */
export function findBrowser(name: BrowserName): string | undefined {
  const { variable, commands, title } = recipes[name];
  const chosen = env[variable];
  if (chosen) {
    if (isProgram(chosen)) return chosen;
    throw new BrowserMissing(`${variable}=${chosen} is not a program: point it at ${title}, or unset it.`);
  }
  for (const command of commands) {
    const path = findCommand(command);
    if (path !== undefined) return path;
  }
  return undefined;
}

/** What to put before `apt-get` to run it as root: nothing, or sudo where it asks for no password. */
function findRootPrefix(): readonly string[] | undefined {
  if (getuid?.() === 0) return [];
  const sudo = spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' });
  return sudo.status === 0 ? ['sudo', '-n'] : undefined;
}

function install(packages: readonly string[]): boolean {
  if (!existsSync('/etc/debian_version')) return false;
  const prefix = findRootPrefix();
  if (prefix === undefined) return false;
  // `env` and not the environment of the process, which sudo would drop.
  const run = (...command: string[]) => {
    const [program = '', ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', ...command];
    // Standard error for both, so that the output of a caller stays clean.
    return spawnSync(program, rest, { stdio: ['ignore', 2, 2] }).status === 0;
  };
  return run('apt-get', 'update') && run('apt-get', 'install', '-y', '--no-install-recommends', ...packages);
}

function ensure<Name extends BrowserName>(wanted: readonly Name[]): Record<Name, string> {
  const missing = wanted.filter((name) => findBrowser(name) === undefined);
  if (missing.length > 0) {
    const packages = missing.map((name) => recipes[name].package);
    const isInstalled = install(packages) && missing.every((name) => findBrowser(name) !== undefined);
    if (!isInstalled) {
      const titles = missing.map((name) => recipes[name].title).join(' and ');
      const variables = missing.map((name) => `${recipes[name].variable}=/path/to/it`).join(' ');
      throw new BrowserMissing(
        `${titles} missing: run "sudo apt-get install -y ${packages.join(' ')}" (Debian), or set ${variables}.`,
      );
    }
  }
  // Every wanted name was just found, or we have thrown.
  return Object.fromEntries(wanted.map((name) => [name, findBrowser(name)])) as Record<Name, string>;
}

/**
 * Paths of both browsers; installs what is missing on Debian as root or with passwordless sudo.
 * @throws BrowserMissing otherwise.
 */
export function ensureBrowsers(): Browsers {
  return ensure(names);
}

/** As {@link ensureBrowsers}, for one of them. */
export function ensureBrowser(name: BrowserName): string {
  return ensure([name])[name];
}

if (import.meta.main) {
  try {
    const found = ensureBrowsers();
    for (const name of names) console.log(`${recipes[name].title}: ${found[name]}`);
  } catch (error) {
    if (!(error instanceof BrowserMissing)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
