/** Everything that the pages of the service say to people. */
export interface PageTexts {
  /** The language of the texts, as a tag of BCP 47. */
  readonly language: string;
  readonly test: string;
  readonly line: string;
  readonly start: Said & { readonly go: string };
  readonly startUsed: Said;
  readonly sessionOver: Said;
  readonly otherWindow: Said;
  readonly oldForm: Said & { readonly back: string };
  readonly refusedCall: Said;
  readonly notFound: Said;
  readonly broken: Said;
  readonly returning: Said & { readonly go: string; readonly wait: string };
  readonly leaving: Said & { readonly go: string };
  readonly emptying: Said & { readonly go: string };
  /** A later look at the page that brings the cart back. */
  readonly returned: Said & { readonly go: string };
  readonly nothingToPost: Said;
  readonly problems: Said & { readonly back: string };
  readonly emptyCart: Said & { readonly back: string; readonly leave: string; readonly empty: string };
  readonly onlyLooking: Said & { readonly back: string; readonly leave: string };
  readonly warnings: string;
}

/** A heading, and what follows it. */
export interface Said {
  readonly title: string;
  readonly text: string;
}

const english: PageTexts = {
  language: 'en',
  test: 'Test: nothing will be delivered.',
  line: 'Line',
  start: { title: 'Welcome', text: 'Your purchasing system has sent you here to shop.', go: 'Continue to the store' },
  startUsed: {
    title: 'This link cannot be used any more',
    text: 'It opens the store once, and only for a few minutes. Go back to your purchasing system and open the store from there again.',
  },
  sessionOver: {
    title: 'This visit has ended',
    text: 'Nothing was changed in your purchasing system. Go back there and open the store again.',
  },
  otherWindow: {
    title: 'This page belongs to another window',
    text: 'Go on in the window in which you opened the store, or open it from your purchasing system again.',
  },
  oldForm: { title: 'This page was out of date', text: 'Nothing was done. Go back to the store and try again.', back: 'Back to the store' },
  refusedCall: {
    title: 'The store could not be opened',
    text: 'The call of your purchasing system was not accepted. Tell whoever looks after that system.',
  },
  notFound: { title: 'There is nothing here', text: 'Open the store from your purchasing system.' },
  broken: { title: 'Something went wrong', text: 'Your cart is kept. Wait a moment, then load this page again.' },
  returning: {
    title: 'Your cart is ready',
    text: 'One more step: hand it over to your purchasing system.',
    go: 'Return cart to purchasing system',
    wait: 'Your cart is on its way. This can take a moment.',
  },
  leaving: {
    title: 'Back without a change',
    text: 'Nothing is ordered, and nothing is changed in your purchasing system.',
    go: 'Back to purchasing system',
  },
  emptying: {
    title: 'Your cart is empty now',
    text: 'Your purchasing system will remove all lines of this cart.',
    go: 'Remove all lines and go back',
  },
  returned: {
    title: 'This visit is over',
    text: 'What you see was handed over to your purchasing system already, and stays as it was. If it did not arrive there, hand it over once more.',
    go: 'Hand over once more',
  },
  nothingToPost: { title: 'You are done', text: 'You can close this window and go on in your purchasing system.' },
  problems: {
    title: 'Your cart cannot be returned yet',
    text: 'Nothing is lost. Your purchasing system would not take these lines:',
    back: 'Back to the cart',
  },
  emptyCart: {
    title: 'Your cart is empty',
    text: 'What do you want to do?',
    back: 'Back to the store',
    leave: 'Go back without a change',
    empty: 'Remove all lines in the purchasing system',
  },
  onlyLooking: {
    title: 'This visit is for looking only',
    text: 'Your purchasing system takes no cart from it.',
    back: 'Back to the store',
    leave: 'Go back without a change',
  },
  warnings: 'Written in another way, since your purchasing system takes it so only:',
};

const german: PageTexts = {
  language: 'de',
  test: 'Test: Es wird nichts geliefert.',
  line: 'Position',
  start: { title: 'Willkommen', text: 'Ihr Einkaufssystem hat Sie zum Einkaufen hierher geschickt.', go: 'Weiter zum Shop' },
  startUsed: {
    title: 'Dieser Link gilt nicht mehr',
    text: 'Er öffnet den Shop einmal und nur für wenige Minuten. Gehen Sie zurück in Ihr Einkaufssystem und öffnen Sie den Shop von dort neu.',
  },
  sessionOver: {
    title: 'Dieser Besuch ist beendet',
    text: 'In Ihrem Einkaufssystem wurde nichts geändert. Gehen Sie dorthin zurück und öffnen Sie den Shop neu.',
  },
  otherWindow: {
    title: 'Diese Seite gehört zu einem anderen Fenster',
    text: 'Machen Sie in dem Fenster weiter, in dem Sie den Shop geöffnet haben, oder öffnen Sie ihn aus Ihrem Einkaufssystem neu.',
  },
  oldForm: {
    title: 'Diese Seite war veraltet',
    text: 'Es wurde nichts getan. Gehen Sie zurück in den Shop und versuchen Sie es noch einmal.',
    back: 'Zurück zum Shop',
  },
  refusedCall: {
    title: 'Der Shop konnte nicht geöffnet werden',
    text: 'Der Aufruf Ihres Einkaufssystems wurde nicht angenommen. Sagen Sie es bitte denen, die dieses System betreuen.',
  },
  notFound: { title: 'Hier ist nichts', text: 'Öffnen Sie den Shop aus Ihrem Einkaufssystem.' },
  broken: { title: 'Etwas ist schiefgegangen', text: 'Ihr Warenkorb ist noch da. Warten Sie kurz und laden Sie diese Seite dann neu.' },
  returning: {
    title: 'Ihr Warenkorb ist fertig',
    text: 'Noch ein Schritt: Übergeben Sie ihn an Ihr Einkaufssystem.',
    go: 'Warenkorb an das Einkaufssystem übergeben',
    wait: 'Ihr Warenkorb ist unterwegs. Das kann einen Moment dauern.',
  },
  leaving: {
    title: 'Zurück ohne Änderung',
    text: 'Es wird nichts bestellt, und in Ihrem Einkaufssystem ändert sich nichts.',
    go: 'Zurück zum Einkaufssystem',
  },
  emptying: {
    title: 'Ihr Warenkorb ist jetzt leer',
    text: 'Ihr Einkaufssystem wird alle Positionen dieses Warenkorbs löschen.',
    go: 'Alle Positionen löschen und zurück',
  },
  returned: {
    title: 'Dieser Besuch ist beendet',
    text: 'Was Sie sehen, wurde bereits an Ihr Einkaufssystem übergeben und bleibt, wie es war. Ist es dort nicht angekommen, übergeben Sie es noch einmal.',
    go: 'Noch einmal übergeben',
  },
  nothingToPost: { title: 'Sie sind fertig', text: 'Sie können dieses Fenster schließen und in Ihrem Einkaufssystem weitermachen.' },
  problems: {
    title: 'Ihr Warenkorb kann noch nicht übergeben werden',
    text: 'Es ist nichts verloren. Ihr Einkaufssystem würde diese Positionen nicht annehmen:',
    back: 'Zurück zum Warenkorb',
  },
  emptyCart: {
    title: 'Ihr Warenkorb ist leer',
    text: 'Was möchten Sie tun?',
    back: 'Zurück zum Shop',
    leave: 'Ohne Änderung zurück',
    empty: 'Alle Positionen im Einkaufssystem löschen',
  },
  onlyLooking: {
    title: 'Dieser Besuch ist nur zum Ansehen',
    text: 'Ihr Einkaufssystem nimmt daraus keinen Warenkorb an.',
    back: 'Zurück zum Shop',
    leave: 'Ohne Änderung zurück',
  },
  warnings: 'Anders geschrieben, weil Ihr Einkaufssystem es nur so annimmt:',
};

/** The languages that the package brings. */
export const ownTexts: readonly PageTexts[] = [english, german];

/** The texts in a language: `de-AT` is served by `de`, and what nobody has by the first. */
export function textsFor(language: string, all: readonly PageTexts[] = ownTexts): PageTexts {
  const wanted = language.toLowerCase();
  const short = wanted.split('-', 1)[0];
  return all.find((each) => each.language === wanted) ?? all.find((each) => each.language === short) ?? all[0] ?? english;
}

/** The first language of an Accept-Language header that there are texts for. */
export function languageFrom(header: string | undefined, all: readonly PageTexts[] = ownTexts): string {
  const asked = (header ?? '')
    .slice(0, 500)
    .split(',')
    .map(preference)
    .sort((one, other) => other.weight - one.weight);
  const known = new Set(all.map((each) => each.language));
  const found = asked.find(({ tag, weight }) => weight > 0 && known.has(tag.split('-', 1)[0] ?? ''));
  return textsFor(found?.tag ?? '', all).language;
}

function preference(part: string): { readonly tag: string; readonly weight: number } {
  const [tag = '', ...parameters] = part.split(';').map((each) => each.trim().toLowerCase());
  const told = parameters.find((each) => each.startsWith('q='))?.slice(2);
  return { tag, weight: told === undefined ? 1 : Number(told) || 0 };
}
