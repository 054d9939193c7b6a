/** `wayside officer`: who may work on the cases of a house. A token is shown once, and kept only as its digest. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { ROLES, type OfficerFile, type Role } from '@wayside/contracts/officers';
import { readOfficers, tokenDigest } from '../adapters/officer-file.ts';
import type { CommandContext } from './context.ts';
import { CommandFailure } from './failure.ts';

interface AddOptions {
  readonly data: string;
  readonly name: string;
  readonly role: readonly Role[];
}

const TOKEN_BYTES = 24;

export function officerCommand(context: CommandContext): Command {
  const command = new Command('officer').description('who may work on the cases of a house');
  command
    .command('add <id>')
    .description('add an officer, or give one a new token and roles; prints the token once')
    .requiredOption('--name <name>', 'as colleagues know them')
    .requiredOption('--role <role>', `${ROLES.join(', ')}; may be given more than once`, collectRole, [])
    .option('--data <dir>', 'the folder of the house', '.wayside')
    .action((id: string, options: AddOptions) => add(id, options, context));
  command
    .command('remove <id>')
    .description('an officer who has left; their open sessions end at once')
    .option('--data <dir>', 'the folder of the house', '.wayside')
    .action((id: string, { data }: { readonly data: string }) => remove(id, data, context));
  return command.addHelpText(
    'after',
    '\nExamples:\n  wayside officer add li-na --name "Li Na" --role reviewer\n  wayside officer remove li-na',
  );
}

function collectRole(text: string, before: readonly Role[]): readonly Role[] {
  const role = ROLES.find((each) => each === text);
  if (!role) throw new InvalidArgumentError(`a role is one of: ${ROLES.join(', ')}`);
  return [...new Set([...before, role])];
}

function add(id: string, { data, name, role }: AddOptions, { terminal }: CommandContext): void {
  if (!/^[a-z0-9][a-z0-9_-]{0,62}$/.test(id))
    throw new CommandFailure('an officer’s id is lower-case letters, digits, - and _', 2);
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const others = standing(data).filter((officer) => officer.id !== id);
  write(data, [...others, { id, name, roles: [...role], tokenSha256: tokenDigest(token) }]);
  terminal.result(token);
  terminal.note(`This is the token of ${name}. It is not kept and cannot be shown again.`);
}

function remove(id: string, data: string, { terminal }: CommandContext): void {
  const before = standing(data);
  const left = before.filter((officer) => officer.id !== id);
  if (left.length === before.length) throw new CommandFailure(`there is no officer "${id}"`, 1);
  write(data, left);
  terminal.result(`${id} no longer works here`);
}

const pathIn = (data: string): string => join(data, 'officers.json');

const standing = (data: string): OfficerFile['officers'] =>
  existsSync(pathIn(data)) ? [...readOfficers(pathIn(data))] : [];

/** Whole or not at all, so that a house that reads it meanwhile never sees half a list. */
function write(data: string, officers: OfficerFile['officers']): void {
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const file: OfficerFile = { schema: 'wayside.officers.v1', officers };
  const draft = `${pathIn(data)}.new`;
  writeFileSync(draft, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(draft, pathIn(data));
}
