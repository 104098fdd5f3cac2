/** What is read in the settings of a person. */

// Appearance
export const asThisDevice = "As this device";
export const howTheDevice = "Light or dark, as the device is set, also when that changes in the evening.";
export const light = "Light";
export const howLight = "Ink on warm paper.";
export const dark = "Dark";
export const howDark = "Easy on the eyes at night.";
export const theme = "Theme";
export const savedForAllDevices = "Saved, for all your devices.";

// Profile
export const profile = "Profile";
export const save = "Save";
export const saved = "Saved.";
export const name = "Name";
export const whatNameIsFor = "Shown on the page and in mails to you.";
export const email = "E-mail";
export const whatEmailIsFor = "You log in with it, and mails go there. It stays as it is for as long as the account does.";
export const hereSince = "Here since";
