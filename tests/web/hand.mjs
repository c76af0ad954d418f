// SPDX-License-Identifier: Apache-2.0
// Two ways to work a page: a mouse, or a keyboard alone, which reaches what it wants with Tab, as a person does.
const tabsMax = 400;

export function handOf(page, kind) {
  const keyboard = kind === 'keyboard';
  const onTarget = (target) => target.evaluate((element) => element === document.activeElement);

  async function reach(selector) {
    const target = page.locator(selector).first();
    await target.waitFor({ timeout: 60_000 });
    for (let tabs = 0; tabs < tabsMax; tabs += 1) {
      if (await onTarget(target)) return target;
      await page.keyboard.press('Tab');
    }
    throw new Error(`the keyboard does not reach ${selector}`);
  }

  return {
    kind,
    reach,
    async press(selector) {
      if (!keyboard) return page.locator(selector).first().click({ timeout: 60_000 });
      await reach(selector);
      return page.keyboard.press('Enter');
    },
    async write(selector, text) {
      const target = keyboard ? await reach(selector) : page.locator(selector).first();
      if (!keyboard) await target.click();
      await page.keyboard.press('Control+a');
      await page.keyboard.press('Delete');
      return page.keyboard.insertText(text);
    },
    // An entry of a <select>, by its words.
    async choose(selector, words) {
      const target = page.locator(selector).first();
      await target.waitFor();
      const labels = await target.evaluate((element) => [...element.options].map((option) => option.text));
      const index = labels.findIndex((label) => label.includes(words));
      if (index < 0) throw new Error(`${selector} has no entry ${words}, but ${labels}`);
      if (!keyboard) return target.selectOption({ index });
      await reach(selector);
      await page.keyboard.press('Home');
      for (let step = 0; step < index; step += 1) await page.keyboard.press('ArrowDown');
      return undefined;
    },
    // An entry of a menu behind a button.
    async menu(selector, words) {
      await this.press(`${selector} [aria-haspopup=menu]`);
      const item = page.locator('[role=menuitem]', { hasText: words });
      await item.waitFor();
      if (!keyboard) return item.click();
      for (let step = 0; step < 20 && !(await onTarget(item)); step += 1) await page.keyboard.press('ArrowDown');
      return page.keyboard.press('Enter');
    },
    // To the beginning of what scrolls there.
    async begin(selector) {
      if (!keyboard) return page.locator(selector).evaluate((element) => element.scrollTo(0, 0));
      await reach(selector);
      return page.keyboard.press('Home');
    },
    // A tab of a tab list.
    async tab(id) {
      if (!keyboard) return page.click(`#tab-${id}`);
      await reach('[role=tab][aria-selected=true]');
      for (let step = 0; step < 12; step += 1) {
        if (await page.locator(`#tab-${id}`).evaluate((tab) => tab.getAttribute('aria-selected') === 'true')) return undefined;
        await page.keyboard.press('ArrowRight');
      }
      throw new Error(`no tab ${id}`);
    },
    // The n-th row of the page's list, from 0.
    async row(n) {
      if (!keyboard) return page.locator('[data-list] .option').nth(n).click();
      await reach('[data-list]');
      await page.keyboard.press('Home');
      for (let step = 0; step < n; step += 1) await page.keyboard.press('ArrowDown');
      return undefined;
    },
  };
}
