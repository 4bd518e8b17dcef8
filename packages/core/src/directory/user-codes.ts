import { randomToken, simulatedSub } from '../crypto/index.ts';
import type { CodeDeliveryDetailsType } from '@poolhouse/model';
import type { CodePurpose } from '../domain/code.ts';
import { codeAttributes } from '../domain/confirmation-address.ts';
import { sub } from '../domain/ids.ts';
