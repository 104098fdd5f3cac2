/** What is read at the doors: logging in and out, making an account, a new password. */

// In several places
export const linkIsOver = "This link no longer works";
export const logIn = "Log in";
export const makeAnAccount = "Make an account";
export const password = "Password";
export const lookAtYourMail = "Look at your mail";
export const forgotYourPassword = "Forgot your password?";
export const email = "E-mail";

// ChosenPassword
export const atLeastTen = "At least 10 characters.";

// Confirm
export const confirmationIsOver = "It works once, for a day. If you opened it before, your account is there, and you can log in.";
export const ifNot = "If not:";
export const confirmYourAccount = "Confirm your account";
export const enterChosenPassword = "Enter the password you chose, and you are in.";
export const confirm = "Confirm";

// EnterCode
export const enterYourCode = "Enter your code";
export const notYou = "Not you?";
export const startAgain = "Start again";

// ForgottenPassword
export const linkIsGoodFor = "The link in it is good for an hour.";
export const sayYourAddress = "Say the address of your account. You get a mail with a link by which you set a new password.";
export const sendLink = "Send me the link";
export const rememberedIt = "Remembered it?";

// LeaveUnsent
export const notAllSaved = "Not everything is saved";
export const loseIt = "Log out and lose it";
export const stay = "Stay";
export const allSavedNow = "By now everything is saved: you can log out.";
export const unsentChanges = (unsent: number) =>
  `${unsent === 1 ? "One change has" : `${unsent} changes have`} not reached Taskora yet. If you log out now, that is lost.`;

// LogIn
export const sessionEnded = "Your session has ended. Log in again to carry on where you were.";
export const newHere = "New here?";

// LogOut
export const stillLoggedIn = "You are still logged in.";
export const logOut = "Log out";

// NewPassword
export const yourPasswordIsNew = "Your password is new";
export const signedOutElsewhere = "Wherever this account was signed in, it is no longer. Log in with your new password.";
export const resetIsOver = "It works once, for an hour, and as long as no other one was used.";
export const sendNewLink = "Send me a new link";
export const setANewPassword = "Set a new password";
export const everybodyIsSignedOut = "With it everybody who is signed in to your account is signed out.";
export const setIt = "Set it";
export const newPassword = "New password";

// Register
export const makeMyAccount = "Make my account";
export const haveAnAccount = "Have an account?";
export const nameOptional = "Name (optional)";

// provider
export const signInWith = (name: string) => `Sign in with ${name}`;
export const linked = "It is linked: from now on you can sign in there, too.";
export const turnedBack = "You turned back at the other end, so nothing has changed here.";
export const tookTooLong = "That took too long, or it began in another browser. Try again.";
export const notAccepted =
  "What came back could not be accepted: it did not fit what was asked for here, or it belongs to another account.";
export const providerSilent = "Where you wanted to sign in, nobody answers at the moment. Try again later, or use your password.";
export const addressTaken = "There is an account with your e-mail address already. Log in to it with its password.";
export const addressUnconfirmed = "Your e-mail address has not been confirmed there. Do that first, or make an account here.";
