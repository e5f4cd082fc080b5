/** Contacts as they are kept: what is in them is not seen. */
import type { ContactDates } from './contact.ts';
import type { WrappedKey } from './sealing.ts';

/** Why nothing is kept: the form is off, there are too many contacts altogether or lately, or the key was another request's. */
export type ContactRefusal = 'closed' | 'full' | 'reused';

/** A contact as the database keeps it. */
export interface SealedContact extends ContactDates {
  /** Which of the owner's data keys opens it. */
  generation: string;
  sealed: string;
}

/** Contacts, the newest first, with all data keys of their owner. */
export interface SealedContacts {
  contacts: SealedContact[];
  keys: WrappedKey[];
}

/** A data key that an older key of the secret wraps. */
export interface StaleKey extends WrappedKey {
  ownerId: string;
}
