// What ipywidgets leave out of their controls: names of handles, which button is pressed; and the button that copies.
const finish = explorer => {
  for (const handle of explorer.querySelectorAll('.noUi-handle')) {
    handle.ariaLabel = handle.closest('.widget-slider').querySelector('label').textContent;
    handle.dataset.lmSuppressShortcuts = true;  // Notebook 7 would scroll or select cells with its arrows
  }
  for (const button of explorer.querySelectorAll('.widget-toggle-buttons button'))
    button.ariaPressed = button.classList.contains('mod-active');
};
const copy = async ({target}) => {
  const button = target.closest('[data-copy]');
  if (!button) return;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = 'copied';
    setTimeout(() => { button.textContent = 'copy'; }, 1500);
  } catch {
    getSelection().selectAllChildren(button.previousElementSibling);  // where a page may not write: Ctrl+C does
  }
};
const lookAfter = el => {
  let frame, watching;
  const begin = () => {
    const explorer = el.closest('.lecture-explorer');
    if (!explorer) return frame = requestAnimationFrame(begin);  // it is drawn before its parent takes it in
    watching = new MutationObserver(() => finish(explorer));
    watching.observe(explorer, {subtree: true, childList: true, attributeFilter: ['class']});
    explorer.addEventListener('click', copy);
    finish(explorer);
  };
  begin();
  return () => {
    cancelAnimationFrame(frame);
    watching?.disconnect();
  };
};
