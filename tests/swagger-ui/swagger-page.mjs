// What a person sees of Swagger UI and can do there.
import assert from 'node:assert/strict';

export class SwaggerPage {
  constructor(tab) {
    this.tab = tab;
  }

  async open(url) {
    await this.tab.goto(url, { waitUntil: 'networkidle' });
    await this.tab.locator('.opblock').first().waitFor();
  }

  tags() {
    return this.tab.locator('.opblock-tag').evaluateAll(tags => tags.map(tag => tag.dataset.tag));
  }

  /** Clicks on tags that are collapsed. */
  async expand(...tags) {
    for (const tag of tags) {
      const heading = this.tab.locator(`.opblock-tag[data-tag="${tag}"]`);
      assert.equal(await heading.getAttribute('data-is-open'), 'false');
      await heading.click();
    }
  }

  operations() {
    return this.tab.locator('.opblock-summary').evaluateAll(lines => lines.map(line => {
      const method = line.querySelector('.opblock-summary-method').textContent;
      return `${method} ${line.querySelector('.opblock-summary-path').dataset.path}`;
    }));
  }

  operation(tag, id) {
    return new Operation(this.tab, tag, id);
  }

  /** Enters the key into the dialog's form. */
  async authorize(key, whenOpen = async () => {}) {
    const form = await this.#openDialog();
    await form.locator('input').fill(key);
    await whenOpen();
    await form.getByRole('button', { name: 'Apply credentials' }).click();
    await this.#closeDialog();
  }

  async logOut() {
    const form = await this.#openDialog();
    await form.getByRole('button', { name: 'Remove authorization' }).click();
    await this.#closeDialog();
  }

  async #openDialog() {
    await this.tab.locator('.scheme-container .btn.authorize').click();
    const forms = this.tab.locator('.modal-ux .auth-container');
    assert.equal(await forms.count(), 1);
    return forms;
  }

  async #closeDialog() {
    await this.tab.locator('.modal-ux .close-modal').click();
    await this.tab.locator('.modal-ux').waitFor({ state: 'detached' });
  }
}

class Operation {
  constructor(tab, tag, id) {
    this.tab = tab;
    this.root = tab.locator(`#operations-${tag}-${id}`);
    this.requestSection = this.root.locator('.opblock-section-request-body');
    this.answer = this.root.locator('.responses-inner > div').first();
    this.stream = this.root.locator('.gateway-stream');
  }

  async open() {
    await this.root.locator('.opblock-summary-control').click();
    await this.root.locator('.btn.execute').waitFor();
  }

  requestBody() {
    return this.root.locator('.body-param__text').inputValue();
  }

  async showSchema() {
    await this.requestSection.getByRole('tab', { name: 'Schema' }).click();
    await this.requestSection.getByText('messages').first().waitFor();
  }

  async showExample() {
    await this.requestSection.getByRole('tab', { name: 'Edit Value' }).click();
    await this.root.locator('.body-param__text').waitFor();
  }

  /** Chooses one of the named examples of the request. */
  async choose(example) {
    await this.requestSection.locator('select.examples-select-element').selectOption(example);
  }

  /** Changes the last message of the request. */
  async ask(question) {
    const request = JSON.parse(await this.requestBody());
    request.messages.at(-1).content = question;
    await this.root.locator('.body-param__text').fill(JSON.stringify(request, null, 2));
  }

  async clear() {
    const button = this.root.locator('.btn-clear');
    if (await button.count() > 0) {
      await button.click();
    }
  }

  /** Presses Execute; gives what went over the wire and what the page shows of it. */
  async execute() {
    await this.clear();
    const [response] = await Promise.all([
      this.tab.waitForResponse(response => ['xhr', 'fetch'].includes(response.request().resourceType())),
      this.root.locator('.btn.execute').click(),
    ]);
    const body = await response.text();
    const live = this.root.locator('.live-responses-table');
    await live.waitFor();
    const status = Number((await live.locator('.response-col_status').last().innerText()).split('\n')[0]);
    const shown = await live.locator('.response-col_description').last().innerText();
    return { status, body, shown, request: response.request() };
  }
}
