import { NgTemplateOutlet } from '@angular/common';
import {
  afterNextRender,
  booleanAttribute,
  ChangeDetectionStrategy,
  Component,
  computed,
  contentChild,
  effect,
  ElementRef,
  inject,
  Injector,
  input,
  numberAttribute,
  type OnInit,
  output,
  runInInjectionContext,
  signal,
  untracked,
  ViewEncapsulation,
} from '@angular/core';
import {
  type AttributeName,
  Auth,
  ɵinBrowser as inBrowser,
  type SignUpField,
} from '@poolhouse/angular';
import { ɵfill as fill } from '@poolhouse/angular/fields';
import { ChooseFactor } from './choose-factor';
import { ChooseWay } from './choose-way';
import { Confirm } from './confirm';
import type { Next, Screen } from './forms/carried';
import { Journey } from './forms/journey';
import { HEADING_LEVEL } from './heading-level';
import { JourneyHistory } from './journey/journey-history';
import { LinkOpening } from './journey/link-opening';
import { provideJourney } from './journey/journey-provider';
import { LinkCode } from './link-code';
import { NewPassword } from './new-password';
import { ResetPassword } from './reset-password';
import { ScreenTitle } from './screen-title';
import { EnterPassword } from './enter-password';
import { EnterCode } from './enter-code';
import { SetUpFactor } from './set-up-factor';
import { SignIn } from './sign-in';
import { SignUp } from './sign-up';
import { SignedInContent } from './signed-in-content';

/**
 * Everything from "Sign in" to being signed in, on one card, without a router or beside one. Slots: `phHeader`, `phFooter` and
 * `<ng-template phSignedIn let-user>`. Looks by CSS variables: see the README.
 */
@Component({
  selector: 'ph-authenticator',
  imports: [
    ChooseFactor,
    ChooseWay,
    EnterPassword,
    Confirm,
    LinkCode,
    NewPassword,
    NgTemplateOutlet,
    ResetPassword,
    EnterCode,
    SetUpFactor,
    SignIn,
    SignUp,
  ],
  providers: [
    provideJourney(),
    { provide: HEADING_LEVEL, useFactory: () => inject(Authenticator).headingLevel },
  ],
  encapsulation: ViewEncapsulation.None,
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrls: ['../fields/theme.css', './authenticator.css'],
  host: { '[class.ph-page]': "layout() === 'page' && !showsContent()" },
  template: `
    @if (showsContent()) {
      <ng-container
        [ngTemplateOutlet]="signedIn()!.template"
        [ngTemplateOutletContext]="{ $implicit: auth.user()! }"
      />
    } @else {
      <div [class.ph-card]="layout() !== 'bare'" class="ph-box">
        <ng-content select="[phHeader]">
          @if (appName(); as name) {
            <div class="ph-brand">
              <span aria-hidden="true">{{ name.charAt(0) }}</span>
              {{ name }}
            </div>
          }
        </ng-content>
        @switch (view()) {
          @case ('sign-in') {
            <ph-sign-in [appName]="appName()" (next)="went($event)" />
          }
          @case ('sign-up') {
            <ph-sign-up
              [appName]="appName()"
              [signUpAttributes]="signUpAttributes()"
              (next)="went($event)"
            />
          }
          @case ('confirm') {
            <ph-confirm (next)="went($event)" />
          }
          @case ('reset-password') {
            <ph-reset-password (next)="went($event)" />
          }
          @case ('new-password') {
            <ph-new-password (next)="went($event)" />
          }
          @case ('choose-way') {
            <ph-choose-way (next)="went($event)" />
          }
          @case ('enter-password') {
            <ph-enter-password (next)="went($event)" />
          }
          @case ('choose-factor') {
            <ph-choose-factor (next)="went($event)" />
          }
          @case ('enter-code') {
            <ph-enter-code (next)="went($event)" />
          }
          @case ('set-up-factor') {
            <ph-set-up-factor [appName]="appName()" (next)="went($event)" />
          }
          @case ('link-code') {
            <ph-link-code (next)="went($event)" />
          }
          @case ('signed-in') {
            <div class="ph-signed-in">
              <div class="ph-title" role="heading" tabindex="-1" [attr.aria-level]="headingLevel()">
                {{ words.signedInTitle }}
              </div>
              <p class="ph-intro">{{ who() }}</p>
              <button type="button" class="ph-button" (click)="signOut()">
                {{ words.signOut }}
              </button>
            </div>
          }
          @default {
            <div class="ph-skeleton" role="status">
              <span class="ph-unseen" role="heading" [attr.aria-level]="headingLevel()">
                {{ words.loading }}
              </span>
              <i></i><i></i><i></i><i></i>
            </div>
          }
        }
        <ng-content select="[phFooter]" />
      </div>
    }
  `,
})
export class Authenticator implements OnInit {
  /** Shown above the screens and in "to continue to …". */
  readonly appName = input('');
  /** `page` fills the window and centres the card on the tiles; `bare` leaves frame and place to the application. */
  readonly layout = input<'card' | 'page' | 'bare'>('card');
  /** What to ask for at sign-up, in place of the configuration's `signUp.attributes`. */
  readonly signUpAttributes = input<readonly (AttributeName | SignUpField)[]>();
  /** Which screen to begin with. */
  readonly initialScreen = input<Screen>('sign-in');
  /** The level of the screens' titles among the page's headings. */
  readonly headingLevel = input(1, { transform: numberAttribute });
  /**
   * Whether each step is an entry of the browser's history, with a title of the document of its own, and outlives a reload. Read once;
   * `false` for screens inside of a page that is about something else.
   */
  readonly history = input(true, { transform: booleanAttribute });
  /** Another screen shows, or the person is signed in, also when they come back and still are. */
  readonly next = output<Next>();

  protected readonly auth = inject(Auth);
  protected readonly journey = inject(Journey);
  protected readonly words = this.journey.words;
  protected readonly signedIn = contentChild(SignedInContent);

  protected readonly view = computed(() => {
    switch (this.auth.status()) {
      case 'signed-in':
        return 'signed-in';
      case 'unknown':
        return 'loading';
      default:
        return this.#link()?.isPending() ? 'loading' : this.journey.screen();
    }
  });
  protected readonly showsContent = computed(
    () => this.view() === 'signed-in' && this.signedIn() !== undefined && this.auth.user() !== null,
  );
  protected readonly who = computed(() => {
    const user = this.auth.user();
    return user && fill(this.words.signedInAs, { name: user.name ?? user.email ?? user.username });
  });

  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #injector = inject(Injector);
  readonly #inBrowser = inBrowser();
  readonly #link = signal<LinkOpening | null>(null);
  #page: { readonly history: JourneyHistory; readonly title: ScreenTitle } | undefined;

  constructor() {
    let before: string | undefined;
    effect(() => {
      const view = this.view();
      if (view === 'signed-in') untracked(() => this.#arrived(before));
      else if (view !== 'loading') this.#reached();
      before = view;
    });
  }

  ngOnInit(): void {
    if (this.history() && this.#inBrowser) {
      this.#page = runInInjectionContext(this.#injector, () => ({
        history: new JourneyHistory(),
        title: new ScreenTitle(),
      }));
    }
    if (!this.#page?.history.resume()) this.journey.begin(this.initialScreen());
    if (this.#inBrowser) this.#openLinks();
  }

  #openLinks(): void {
    const go = (next: Next) => {
      this.journey.go(next);
      this.went(next);
    };
    const link = runInInjectionContext(this.#injector, () => new LinkOpening(go));
    this.#link.set(link);
    void link.look();
  }

  protected went(next: Next): void {
    // Being signed in is told once, however it came about.
    if (next !== 'signed-in') this.next.emit(next);
  }

  protected async signOut(): Promise<void> {
    this.journey.moved = true;
    // This browser forgets the tokens in any case.
    await this.auth.signOut().catch(() => undefined);
  }

  #reached(): void {
    const place = this.journey.place();
    const [title, appName] = [this.journey.title(), this.appName()];
    // A message that went elsewhere is to be remembered too.
    this.journey.destination();
    untracked(() => {
      this.#page?.history.reached(place);
      this.#page?.title.show(title, appName);
    });
  }

  #arrived(from: string | undefined): void {
    this.journey.go('signed-in');
    this.#page?.history.arrived();
    this.#page?.title.leave();
    this.next.emit('signed-in');
    if (from === undefined || from === 'loading') return;
    // The button that had the focus is gone.
    afterNextRender(
      () => this.#host.querySelector<HTMLElement>('.ph-signed-in .ph-title')?.focus(),
      { injector: this.#injector },
    );
  }
}
