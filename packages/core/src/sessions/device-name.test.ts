import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deviceName } from './device-name.ts';

const webKit = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const safari = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';

const cases: readonly (readonly [name: string, userAgent: string | undefined])[] = [
  ['unknown', undefined],
  ['unknown', ''],
  ['unknown', '???'],
  ['unknown', 'Mozilla/5.0'],
  [
    'Chrome 125 / macOS',
    `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webKit} Chrome/125.0.0.0 Safari/537.36`,
  ],
  [
    'Chrome 125 / Windows',
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webKit} Chrome/125.0.0.0 Safari/537.36`,
  ],
  [
    'Edge 124 / Windows',
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webKit} Chrome/124.0.0.0 Safari/537.36 Edg/124.0.0.0`,
  ],
  [
    'Opera 109 / Linux',
    `Mozilla/5.0 (X11; Linux x86_64) ${webKit} Chrome/123.0.0.0 Safari/537.36 OPR/109.0.0.0`,
  ],
  [
    'Chrome 125 / Android',
    `Mozilla/5.0 (Linux; Android 10; K) ${webKit} Chrome/125.0.0.0 Mobile Safari/537.36`,
  ],
  [
    'Samsung Internet 25 / Android',
    `Mozilla/5.0 (Linux; Android 10; K) ${webKit} SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36`,
  ],
  [
    'Chrome 124 / ChromeOS',
    `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${webKit} Chrome/124.0.0.0 Safari/537.36`,
  ],
  [
    'Safari 17 / macOS',
    `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${safari} Version/17.5 Safari/605.1.15`,
  ],
  [
    'Safari 17 / iOS 17.5',
    `Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) ${safari} Version/17.5 Mobile/15E148 Safari/604.1`,
  ],
  [
    'Chrome 125 / iPadOS 17.5',
    `Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) ${safari} CriOS/125.0.6422.80 Mobile/15E148 Safari/604.1`,
  ],
  ['Firefox 126 / macOS', 'Mozilla/5.0 (Macintosh; rv:126.0) Gecko/20100101 Firefox/126.0'],
  ['Firefox 126 / Linux', 'Mozilla/5.0 (X11; Linux x86_64; rv:126.0) Gecko/20100101 Firefox/126.0'],
  ['Dalvik 2 / Android 14', 'Dalvik/2.1.0 (Linux; U; Android 14; Pixel 7 Build/AP1A.240505.004)'],
  ['Shop 3 / macOS 14.2', 'Shop/3.1 (Mac OS X 14_2)'],
  ['okhttp 4', 'okhttp/4.9.3'],
  ['aws-sdk-js 3 / Linux', 'aws-sdk-js/3.600.0 ua/2.0 os/linux#6.1 lang/js md/nodejs#24.0.0'],
  ['Boto3 1 / macOS', 'Boto3/1.34.1 md/Botocore#1.34.1 ua/2.0 os/macos#23.2.0 lang/python#3.12'],
  ['curl 8', 'curl/8.5.0'],
  ['MyApp', 'MyApp (by me)'],
];

test('a device is called by its program and its system, without what browsers no longer say truly', () => {
  for (const [name, userAgent] of cases) assert.equal(deviceName(userAgent), name, userAgent);
});

test('nothing but what was recognised is shown, however long or strange the user agent', () => {
  const strange = ['<img src=x>', `x${'y'.repeat(511)}`, '\u202eevil/1', '/'.repeat(512)];
  for (const userAgent of strange) assert.match(deviceName(userAgent), /^[\w.+ /-]{1,130}$/);
});
