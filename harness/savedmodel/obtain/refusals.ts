import { UserError } from '../../verdict/user-error.js';

/** A model that cannot be downloaded or unpacked. `remedy` says what the user can do. */
export class CannotObtain extends UserError {}

/** An archive with an entry that would be, or link, outside the folder it is unpacked into. Nothing of it is kept. */
export class UnsafeArchive extends UserError {
  /** The entry's name, as the archive has it. */
  readonly entry: string;

  constructor(archive: string, entry: string, why: string) {
    super(
      `${archive} is not safe to unpack: its entry "${entry}" ${why}`,
      'Pack the model anew, from inside its folder.',
    );
    this.entry = entry;
  }
}

export function cannotUnpack(archive: string, why: string, options?: ErrorOptions): CannotObtain {
  return new CannotObtain(
    `${archive} cannot be unpacked: ${why}`,
    'Use a .tar or .tar.gz of the folder that has saved_model.pb; download it again if it came over a network.',
    options,
  );
}
