/** Keeps the screen awake while a code is shown, and shows it on the whole screen if asked. */

const stayAwake = () => navigator.wakeLock?.request('screen').catch(() => {});
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') stayAwake();
});
stayAwake();
for (const time of document.querySelectorAll('time'))
  time.textContent = new Date(time.dateTime).toLocaleString([], {
    dateStyle: 'medium',
    timeStyle: 'short',
  });
const button = document.querySelector('[data-fullscreen]');
button.hidden = !document.fullscreenEnabled;
button.addEventListener('click', () => {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen();
});
