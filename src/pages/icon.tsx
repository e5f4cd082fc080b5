/** Pictures of the pages: platforms' marks and those of our own buttons, each inlined where it is used. */
import { platformIcon } from '../domain/links/platform-icons.ts';

const BUTTON_ICONS = {
  save: 'M12 2a5 5 0 1 1 0 10 5 5 0 0 1 0-10M2 22c0-5 4-8 8-8h1v3h-2v2h2v2.5zm13-8h2v4h4v2h-4v4h-2v-4h-4v-2h4z',
  copy: 'M8 2h12v15h-3v5H4V7h4zm2 2v11h8V4zM6 9v11h9v-3H8V9z',
  code: 'M3 3h8v8H3zm2 2v4h4V5zm8-2h8v8h-8zm2 2v4h4V5zM3 13h8v8H3zm2 2v4h4v-4zm8-2h3v3h-3zm5 0h3v5h-3zm-5 5h5v3h-5z',
  google:
    'M21.6 10H12v4.1h5.5a4.8 4.8 0 0 1-2 3.1 6 6 0 0 1-9.2-3.2 6 6 0 0 1 9.4-6.7l3-3A10 10 0 1 0 12 22c5.8 0 9.9-4 9.9-9.8q0-1.2-.3-2.2',
  share: 'M12 1l5 5-1.4 1.4L13 4.8V16h-2V4.8L8.4 7.4 7 6zM4 9h4v2H6v10h12V11h-2V9h4v14H4z',
};

/** The mark of a platform; the name beside it says what it is. */
export function PlatformIcon({ platform }: { platform: string }) {
  return <Icon path={platformIcon(platform)} />;
}

export function ButtonIcon({ name }: { name: keyof typeof BUTTON_ICONS }) {
  return <Icon path={BUTTON_ICONS[name]} />;
}

function Icon({ path }: { path: string }) {
  return (
    <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
