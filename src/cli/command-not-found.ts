import {CLIError, ExitError} from '@oclif/core/errors';
import type {Hook} from '@oclif/core/hooks';
import {nearest} from '../document/nearest.ts';

/** An unknown command is a usage error (exit 2) that names the nearest one; it never asks and never guesses. */
const commandNotFound: Hook<'command_not_found'> = async function ({config, id, argv}) {
  const wanted = id.replaceAll(':', ' ');
  const near = nearest(
    wanted,
    config.commandIDs.map((known) => known.replaceAll(':', ' ')),
  );
  const message = `\`${config.bin} ${wanted}\` is not a command`;
  const remedy = near
    ? `Did you mean \`${config.bin} ${near}\`?`
    : `Run \`${config.bin} help\` for the list of commands.`;
  if (!argv?.includes('--json')) throw new CLIError(message, {exit: 2, suggestions: [remedy]});
  const outcome = {exitCode: 2, reasons: [{exitCode: 2, severity: 'high', text: message}]};
  process.stdout.write(`${JSON.stringify({error: {message, remedy}, findings: [], outcome}, null, 2)}\n`);
  throw new ExitError(2);
};

export default commandNotFound;
