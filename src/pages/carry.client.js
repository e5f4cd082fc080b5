/** Copies what the page has to copy, and writes NFC tags where the browser can (Web NFC). */

const status = document.querySelector('[data-status]');
const say = (text) => {
  status.textContent = text;
};
const copied = () => say('Copied.');
const failed = () => say('Your browser does not allow that.');

for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = !navigator.clipboard;
  button.addEventListener('click', () =>
    navigator.clipboard.writeText(button.dataset.copy).then(copied, failed),
  );
}
for (const button of document.querySelectorAll('[data-copy-html]')) {
  button.hidden = !navigator.clipboard;
  button.addEventListener('click', () => {
    const html = document.getElementById(button.dataset.copyHtml).value;
    const blob = (type) => new Blob([html], { type });
    const item = () =>
      new ClipboardItem({ 'text/html': blob('text/html'), 'text/plain': blob('text/plain') });
    return (
      window.ClipboardItem ? navigator.clipboard.write([item()]) : navigator.clipboard.writeText(html)
    ).then(copied, failed);
  });
}

const write = document.querySelector('[data-nfc]');
const lock = document.querySelector('[data-nfc-lock]');

/** What the next tag says; rejects when it cannot be read. */
function readTag(reader) {
  const stop = new AbortController();
  return new Promise((resolve, reject) => {
    reader.onreading = ({ message }) =>
      resolve(message.records.map(({ data }) => new TextDecoder().decode(data)));
    reader.onreadingerror = () => reject(new Error('The tag could not be read.'));
    reader.scan({ signal: stop.signal }).catch(reject);
  }).finally(() => stop.abort());
}

async function writeTag() {
  const address = write.dataset.nfc;
  lock.hidden = true;
  try {
    const reader = new NDEFReader();
    say('Hold the tag to the back of your phone.');
    await reader.write({ records: [{ recordType: 'url', data: address }] });
    say('Written. Hold the tag there once more, so that it can be checked.');
    const texts = await readTag(reader);
    const isRight = texts.length === 1 && texts[0] === address;
    lock.hidden = !isRight || !reader.makeReadOnly;
    say(isRight ? 'The tag leads to your card.' : 'This tag says something else. Write it again.');
  } catch (error) {
    say(`Not written: ${error.message}`);
  }
}

async function lockTag() {
  if (!confirm('Nobody can ever change a locked tag again, you included. Lock it?')) return;
  try {
    say('Hold the tag to the back of your phone.');
    await new NDEFReader().makeReadOnly();
    say('The tag is locked.');
  } catch (error) {
    say(`Not locked: ${error.message}`);
  }
}

if ('NDEFReader' in window) {
  write.hidden = false;
  write.addEventListener('click', writeTag);
  lock.addEventListener('click', lockTag);
}
