/** The words of the pages in German. */
import type { Dictionary } from './en.ts';

export const de: Dictionary = {
  saveContact: 'Kontakt speichern',
  copyLink: 'Link kopieren',
  copied: 'Link kopiert',
  share: 'Teilen',
  links: 'Links',
  cards: 'Karten',
  qrCode: 'QR-Code',
  qrLabel: 'QR-Code der Adresse {url}',
  scan: 'Scannen, um diese Karte auf einem anderen Handy zu öffnen',
  wholeProfile: 'Ganzes Profil von {name}',
  description: 'Links und Kontakt von {name}.',
  madeWith: 'Gemacht mit DevCard Edge',
  leaveDetails: 'Kontakt dalassen',
  yourName: 'Ihr Name',
  reachYou: 'Ihre E-Mail, Telefonnummer oder ein Link',
  whereMet: 'Wo Sie sich getroffen haben',
  note: 'Notiz',
  consent: '{name} sieht das und behält es höchstens {days} Tage. Mit dem Absenden stimmen Sie zu.',
  send: 'Senden',
  giveCard: 'Stattdessen meine Karte geben',
  detailsSent: '{name} hat Ihre Angaben',
  detailsKept: 'Sie werden spätestens nach {days} Tagen gelöscht.',
  detailsRefused: '{name} nimmt gerade keine Angaben an',
  formWrong: 'Es wurde noch nichts gesendet. Bitte sehen Sie nach, was markiert ist.',
  formAgain: 'Bitte prüfen Sie das und senden Sie es noch einmal.',
  faultMissing: 'Bitte ausfüllen.',
  faultTooLong: 'Das ist zu lang.',
  faultUnreadable: 'Das enthält Zeichen, die hier nicht möglich sind.',
  faultUnreachable:
    'Bitte eine E-Mail-Adresse, eine Telefonnummer mit + und Ländervorwahl oder eine Adresse mit https:// angeben.',
  notFound: 'Hier ist keine Karte',
  notFoundHelp: 'Vielleicht ist die Adresse vertippt, oder die Karte wurde umbenannt oder gelöscht.',
  unavailable: 'Das können wir gerade nicht zeigen',
  unavailableHelp:
    'Etwas auf unserer Seite antwortet nicht. Bitte in ein paar Sekunden noch einmal versuchen.',
  signInFailed: 'Du bist noch nicht angemeldet',
  signInFailedHelp:
    'Die Anmeldung wurde unterbrochen oder hat zu lange gedauert. Bitte noch einmal versuchen.',
  signIn: 'Deine Karte erstellen',
  signInHelp:
    'Melde dich mit einem Konto an, das du schon hast. Daraus bekommt deine Karte Name, Bild und den ersten Link.',
  signInNowhere: 'Hier kann sich noch niemand anmelden: Es ist kein Anbieter eingerichtet.',
  signInWith: 'Weiter mit {provider}',
  chooseUsername: 'Wähle einen Benutzernamen',
  chooseUsernameHelp: 'Deine Karte bekommt die Adresse {address}. Du kannst sie später ändern.',
  username: 'Benutzername',
  goOn: 'Weiter',
  tryAgain: 'Noch einmal versuchen',
  toStart: 'Zur Startseite',
  tagline: 'Dein Entwicklerprofil auf jedem Handy im Raum.',
  pitch:
    'Eine Seite mit allen deinen Links, ein QR-Code zum Vorzeigen und ein Code, der sogar ohne Netz funktioniert.',
  start: 'Karte erstellen',
  scanCode: 'Code scannen',
  example: 'Beispiel',
  fast: 'Sofort da',
  fastDetail:
    'Eine Seite von wenigen Kilobyte aus dem nächsten Rechenzentrum. Keine App, keine Skripte nötig.',
  offline: 'Auch ohne Netz',
  offlineDetail:
    'Der Offline-Code enthält deine ganze Karte, signiert. Wer ihn scannt, kann ihn ohne Netz prüfen.',
  private: 'Höflich',
  privateDetail:
    'Keine Cookies für Besucher, kein Tracking. Deine Karte gehört dir: nimm sie mit oder lösche sie.',
};
