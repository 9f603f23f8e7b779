/** What the QR page's own script does: looks at the address, and leads on when the phone has answered. */

/** Where the buttons tell what the phone did. */
export const phonePath = '/connect/phone';

/**
 * Shows the error instead of the QR code unless the address ends with `#wechat_redirect` and `redirect_uri` is percent-encoded
 * throughout, which no server can see. Leads on by script, as WeChat's page does.
 */
export const qrPageScript = `
const isEncoded = /[?&]redirect_uri=https?%3A%2F%2F[\\w%.!~*'()-]*(&|$)/i.test(location.search);
const isFine = location.hash === '#wechat_redirect' && isEncoded;
const login = document.getElementById('login');
(isFine ? login : document.getElementById('error')).hidden = false;
const tell = async (decision) => {
  const body = new URLSearchParams({ uuid: login.dataset.uuid, ...decision });
  const answer = await (await fetch('${phonePath}', { method: 'POST', body })).json();
  document.getElementById('status').textContent = answer.text;
  if (answer.address !== undefined) location.assign(answer.address);
};
for (const button of login.querySelectorAll('[data-person]')) {
  button.addEventListener('click', () => tell({ person: button.dataset.person }));
}
login.querySelector('[data-refuse]').addEventListener('click', () => tell({}));
`;
