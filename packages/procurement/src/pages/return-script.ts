/**
 * What the page that brings the cart back does by itself, where there are scripts. A form lends the names of its fields to itself: `form.target` may be a field of
 * the buyer. So nothing is asked of the form but what the prototype answers.
 *
 * It submits only into its own window: browsers block the top window of a frame without a click (reference/procurement-messages.md, section 7.4).
 */
export const returnScript = `(() => {
  const form = document.getElementById('cart');
  const button = document.getElementById('go');
  const note = document.getElementById('wait');
  const { target, automatic } = button.dataset;
  let sent = false;
  document.addEventListener('submit', (event) => {
    if (sent) return event.preventDefault();
    sent = true;
    note.hidden = false;
    setTimeout(() => { button.disabled = true; }, 0);
  }, true);
  window.addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    sent = false;
    note.hidden = true;
    button.disabled = false;
  });
  const framed = window.top !== window.self;
  const here = target === '_self' || (!framed && (target === '_top' || target === '_parent'));
  if (automatic === 'yes' && here) HTMLFormElement.prototype.requestSubmit.call(form);
})();`;
