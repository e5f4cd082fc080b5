/** The words of the pages in Spanish. */
import type { Dictionary } from './en.ts';

export const es: Dictionary = {
  saveContact: 'Guardar contacto',
  copyLink: 'Copiar enlace',
  copied: 'Enlace copiado',
  share: 'Compartir',
  links: 'Enlaces',
  cards: 'Tarjetas',
  qrCode: 'Código QR',
  qrLabel: 'Código QR de la dirección {url}',
  scan: 'Escanea para abrir esta tarjeta en otro móvil',
  wholeProfile: 'Perfil completo de {name}',
  description: 'Enlaces y contacto de {name}.',
  madeWith: 'Hecho con DevCard Edge',
  notFound: 'Aquí no hay ninguna tarjeta',
  notFoundHelp:
    'Puede que la dirección esté mal escrita o que su dueño haya renombrado o borrado la tarjeta.',
  unavailable: 'Ahora mismo no podemos mostrar esto',
  unavailableHelp: 'Algo no responde por nuestra parte. Vuelve a intentarlo en unos segundos.',
  signInFailed: 'Aún no has iniciado sesión',
  signInFailedHelp: 'El inicio de sesión se interrumpió o tardó demasiado. Inténtalo de nuevo.',
  signIn: 'Crea tu tarjeta',
  signInHelp:
    'Inicia sesión con una cuenta que ya tengas. De ella tu tarjeta toma el nombre, la imagen y el primer enlace.',
  signInNowhere: 'Aquí todavía no se puede iniciar sesión: no hay ningún proveedor configurado.',
  signInWith: 'Continuar con {provider}',
  chooseUsername: 'Elige un nombre de usuario',
  chooseUsernameHelp: 'Tu tarjeta tendrá la dirección {address}. Puedes cambiarla más tarde.',
  username: 'Nombre de usuario',
  goOn: 'Continuar',
  tryAgain: 'Reintentar',
  toStart: 'Ir al inicio',
  tagline: 'Tu perfil de desarrollo en todos los móviles de la sala.',
  pitch: 'Una página con todos tus enlaces, un código QR para mostrar y otro que funciona incluso sin red.',
  start: 'Crea tu tarjeta',
  scanCode: 'Escanear un código',
  example: 'Ejemplo',
  fast: 'Al instante',
  fastDetail:
    'Una página de unos pocos kilobytes desde el centro de datos más cercano. Sin app y sin scripts.',
  offline: 'Funciona sin red',
  offlineDetail:
    'El código sin conexión contiene toda tu tarjeta, firmada. Quien lo escanea puede verificarlo sin red.',
  private: 'Respetuoso',
  privateDetail: 'Sin cookies para las visitas y sin rastreadores. Tu tarjeta es tuya: llévatela o bórrala.',
};
