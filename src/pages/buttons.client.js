/** Copying (a card's address, a token) and sharing: the buttons stay hidden where the browser cannot do it. */
const RESET_MS = 2000;

for (const button of document.querySelectorAll('[data-copy]')) {
  if (!navigator.clipboard) break;
  const label = button.lastChild;
  const before = label.textContent;
  const status = button.parentElement.querySelector('[role=status]');
  const say = (text, spoken) => {
    label.textContent = text;
    status.textContent = spoken;
  };
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    say(button.dataset.done, button.dataset.done);
    setTimeout(() => say(before, ''), RESET_MS);
  });
}

for (const button of document.querySelectorAll('[data-share]')) {
  if (!navigator.share) break;
  button.hidden = false;
  button.addEventListener('click', () => {
    const { share: url, title } = button.dataset;
    // Closing the sheet without sharing is not an error.
    navigator.share({ url, title }).catch(() => {});
  });
}
