/** The words of the pages in French. */
import type { Dictionary } from './en.ts';

export const fr: Dictionary = {
  saveContact: 'Enregistrer le contact',
  copyLink: 'Copier le lien',
  copied: 'Lien copié',
  share: 'Partager',
  links: 'Liens',
  cards: 'Cartes',
  qrCode: 'Code QR',
  qrLabel: 'Code QR de l’adresse {url}',
  scan: 'Scannez pour ouvrir cette carte sur un autre téléphone',
  wholeProfile: 'Profil complet de {name}',
  description: 'Liens et contact de {name}.',
  madeWith: 'Fait avec DevCard Edge',
  notFound: 'Il n’y a pas de carte ici',
  notFoundHelp: 'L’adresse est peut-être mal saisie, ou la carte a été renommée ou supprimée.',
  unavailable: 'Impossible d’afficher ceci pour l’instant',
  unavailableHelp: 'Un de nos services ne répond pas. Réessayez dans quelques secondes.',
  signInFailed: 'Vous n’êtes pas encore connecté',
  signInFailedHelp: 'La connexion a été interrompue ou a pris trop de temps. Veuillez réessayer.',
  signIn: 'Créer votre carte',
  signInHelp:
    'Connectez-vous avec un compte que vous avez déjà. Il donne à votre carte son nom, son image et son premier lien.',
  signInNowhere: 'Personne ne peut encore se connecter ici : aucun fournisseur n’est configuré.',
  signInWith: 'Continuer avec {provider}',
  chooseUsername: 'Choisissez un nom d’utilisateur',
  chooseUsernameHelp: 'Votre carte aura l’adresse {address}. Vous pourrez la changer plus tard.',
  username: 'Nom d’utilisateur',
  goOn: 'Continuer',
  tryAgain: 'Réessayer',
  toStart: 'Vers l’accueil',
  tagline: 'Votre profil de développement sur chaque téléphone de la salle.',
  pitch: 'Une page avec tous vos liens, un code QR à montrer et un code qui fonctionne même sans réseau.',
  start: 'Créer ma carte',
  scanCode: 'Scanner un code',
  example: 'Exemple',
  fast: 'Immédiat',
  fastDetail:
    'Une page de quelques kilo-octets, servie par le centre de données le plus proche. Sans application ni scripts.',
  offline: 'Même hors ligne',
  offlineDetail:
    'Le code hors ligne contient toute votre carte, signée. Qui le scanne peut le vérifier sans réseau.',
  private: 'Respectueux',
  privateDetail:
    'Aucun cookie pour les visiteurs, aucun pistage. Votre carte est à vous : emportez-la ou supprimez-la.',
};
