/** What the tests use of `vcf`, which has no types of its own. */
declare module 'vcf' {
  export default class VCard {
    /** The cards of a file. */
    static parse(file: string): VCard[];
    /** jCard (RFC 7095). */
    toJSON(): ['vcard', [name: string, parameters: Record<string, string>, type: string, value: unknown][]];
  }
}
