import {CLIError} from '@oclif/core/errors';
import type {Hook} from '@oclif/core/hooks';
import {nearest} from '../document/nearest.ts';

/** An unknown command is a usage error (exit 2) that names the nearest one; it never asks and never guesses. */
const commandNotFound: Hook<'command_not_found'> = async function ({config, id}) {
  const wanted = id.replaceAll(':', ' ');
  const near = nearest(
    wanted,
    config.commandIDs.map((known) => known.replaceAll(':', ' ')),
  );
  const remedy = near
    ? `Did you mean \`${config.bin} ${near}\`?`
    : `Run \`${config.bin} help\` for the list of commands.`;
  throw new CLIError(`\`${config.bin} ${wanted}\` is not a command`, {exit: 2, suggestions: [remedy]});
};

export default commandNotFound;
