/** What forms do while they are filled in: count characters, and take a complaint away once its field is corrected. */

document.addEventListener('input', ({ target }) => {
  const max = Number(target.dataset.max);
  if (max) count(target, max);
  if (target.matches('[aria-invalid]')) forgive(target);
});

/** Says how many characters are left once they become few. */
function count(field, max) {
  const left = max - [...field.value].length;
  const about = document.getElementById(`${field.id}-about`);
  let note = about.querySelector('.left');
  if (!note) {
    note = document.createElement('span');
    note.className = 'left';
    about.append(note);
  }
  note.textContent = left < 0 ? ` ${-left} too many.` : left <= max / 5 ? ` ${left} left.` : '';
}

/** Only the server can tell whether the new value is better; until then nothing wrong is said of it. */
function forgive(field) {
  field.removeAttribute('aria-invalid');
  for (const id of (field.getAttribute('aria-describedby') ?? '').split(' ')) {
    const about = document.getElementById(id);
    const complaint = about?.matches('.wrong') ? about : about?.querySelector('.wrong');
    complaint?.remove();
  }
}
