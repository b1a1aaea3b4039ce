// A browser for the file of tests, and for each test a made-up API and tabs whose consoles must stay empty.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach } from 'node:test';
import { launch, openTab, signIn } from './browser.mjs';
import { FixtureServer } from './fixture-server.mjs';

export function useFixture() {
  let browser;
  let tabs = [];
  const bed = {
    server: null,

    async open(options = {}) {
      return this.keep(await openTab(browser, `${this.server.url}/admin`, options));
    },

    async openSignedIn(options) {
      const tab = await this.open(options);
      await signIn(tab, this.server.adminKey);
      return tab;
    },

    keep(tab) {
      tabs.push(tab);
      return tab;
    },

    // The browser writes refused and broken requests to the console in any case, some of them after the test's last line.
    forgive(tab, pattern) {
      tab.forgiven = pattern;
    },
  };

  before(async () => { browser = await launch(); });
  after(() => browser.close());
  beforeEach(async () => {
    tabs = [];
    bed.server = await new FixtureServer().start();
  });
  afterEach(async () => {
    await Promise.all(tabs.map(tab => tab.context().close()));
    await bed.server.stop();
    assert.deepEqual(tabs.flatMap(({ errors, forgiven }) => errors.filter(text => !forgiven?.test(text))), []);
  });
  return bed;
}
