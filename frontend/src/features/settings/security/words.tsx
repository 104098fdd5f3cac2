/** What is read in the settings of logging in. */
import type { ReactNode } from "react";

// In several places
export const cancel = "Cancel";

// BeginFactor
export const setUpTwoStep = "Set up two-step login";
export const setItUp = "Set it up";
export const twoStepIsOff = (
  <>
    Two-step login is <strong>off</strong>. With it, logging in takes your password and a code from an authenticator app on your phone, so that whoever finds out the password still stays outside.
  </>
);

// ConfirmFactor
export const confirmTwoStep = "Confirm two-step login";
export const switchItOn = "Switch it on";
export const tellYourAuthenticator = "Tell your authenticator";
export const scanOrType = (openItThere: ReactNode) => (
  <>
    Let your authenticator app look at this code, or type the secret below into it. If the app is on this device, {openItThere}.
  </>
);
export const openItThere = "open it there";
export const qrCode = "QR code that tells your authenticator the secret below";
export const code = "Code";
export const sixDigits = "The six digits that the app shows for Taskora now.";

// ManageFactor
export const twoStepIsOn = <>Two-step login is <strong>on</strong>.</>;
export const newRecoveryCodes = "New recovery codes";
export const switchItOff = "Switch it off";
export const noCodesLeft = "You have no recovery codes left: get new ones, or a lost phone locks you out.";
export const oneCodeLeft = "One recovery code is left: get new ones soon.";
export const codesLeft = (left: number) => `${left} recovery codes are left.`;
export const showMeNewCodes = "Show me new codes";
export const oldCodesStop = "The codes you have now stop working.";
export const switchOffTwoStep = "Switch off two-step login";
export const passwordAlone = "From then on your password alone lets you in.";

// Password
export const password = "Password";
export const changeMyPassword = "Change my password";
export const setMyPassword = "Set my password";
export const passwordIsSet = "That is your password now. Every other device is logged out.";
export const othersLoggedOut = "With a new password every other device is logged out.";
export const soFarByProvider =
  "So far you log in through your sign-in provider alone. With a password you can do either. This works within ten minutes of logging in.";
export const currentPassword = "Current password";
export const newPassword = "New password";
export const atLeastTen = "At least 10 characters.";

// ProofFields
export const yourPassword = "Your password";
export const noPassword = "Your account has no password, so this works within ten minutes of logging in.";

// Provider
export const howToSignIn = "How you may sign in";
export const noProvider = "This Taskora has no sign-in provider. You log in with your password.";
export const yourSignInProvider = "Your sign-in provider";
export const howYouLogIn = "How you log in";
export const link = (name: string) => `Link ${name}`;
export const goingTo = (name: string) => `Going to ${name}…`;
export const notLinked = (name: string) =>
  `Your account is not linked with ${name}. Once it is, you may also come in by signing in there. You sign in there now, and come back here.`;
export const isLinked = (name: string) => `You may sign in with ${name}.`;
export const unlink = (name: string) => `Unlink ${name}`;
export const onceUnlinked = (name: string) => `From then on you log in with your password alone. Your account at ${name} stays as it is.`;
export const unlinkIt = "Unlink it";
export const passwordFirst = "To unlink it, set a password first: it is your only way in.";

// RecoveryCodes
export const codesTitle = "Keep these recovery codes";
export const keepCodes =
  "Two-step login is on. Should you lose your authenticator, one of these lets you in instead. Each works once, and they are not shown again.";
export const codes = "codes";
export const downloadThem = "Download them";
export const codesFile = (text: string) => `Recovery codes for Taskora. Each works once.\n\n${text}\n`;

// Sessions
export const sessions = "Where you are logged in";
export const onlyHere = "Only here";
export const onDevices = (count: number) => `On ${count} devices`;
export const logOutEverywhere = "Log out everywhere";
export const whatLogsOut = (unsent: number) =>
  `Every device is logged out, this one too. What was not sent from others yet stays there until somebody logs in again.${unsent === 0 ? "" : ` What was not sent from this one, ${unsent === 1 ? "one change" : `${unsent} changes`}, is lost.`}`;
export const thisOne = "this one";
export const seen = (moment: string, began: string, address: string) =>
  `Seen ${moment}. Logged in ${began}${address === "" ? "" : ` from ${address}`}.`;
export const logOut = "Log out";
export const logOutDevice = (device: string, began: string) => `Log out ${device}, logged in ${began}`;

// TwoStep
export const whetherOn = "Whether two-step login is on";
