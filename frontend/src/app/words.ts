/** What is read around the features: views, doors, and the page as a whole. */

// In several places
export const menu = "Menu";
export const search = "Search";
export const today = "Today";
export const upcoming = "Upcoming";

// App
export const noAnswer = "Taskora does not answer.";
export const opening = "Opening Taskora…";

// BrokenView
export const viewBroken = "This view could not be shown.";

// DeskState
export const offline = "You are offline. What you see may be old; what you change is sent when the connection is back.";

// Gate
export const confirmPage = "Confirm your account – Taskora";
export const newPasswordPage = "Set a new password – Taskora";
export const forgottenPage = "Forgot your password? – Taskora";
export const registerPage = "Make an account – Taskora";
export const logInPage = "Log in – Taskora";

// Opening
export const openingPart = "Opening…";

// PageCommands
export const addATask = "Add a task";
export const anywhere = "Anywhere";
export const palette = "Go to anything, do anything";
export const keys = "Keys";
export const goToView = (viewName: string) => `Go to ${viewName}`;
export const goToGroup = "Go to";
export const command = "Command, list, tag, filter or task";

// SeldomCommands
export const lightTheme = "Light theme";
export const darkTheme = "Dark theme";
export const themeOfThisDevice = "Theme of this device";
export const themeNotSaved = (why: string) => `The theme could not be changed. ${why}`;
export const settingsOf = (section: string) => `Settings: ${section}`;

// Shell
export const pageTitle = (title: string) => `${title} – Taskora`;
export const skipToTasks = "Skip to the tasks";
export const sidebar = "Sidebar";

// TaskAside
export const closeTheTask = "Close the task";
export const tasks = "Tasks";
export const openingTheTask = "Opening the task…";
export const openTask = "Open task";
export const task = "Task";

// ThumbBar
export const atHand = "At hand";
export const addTask = "Add task";

// UnknownView
export const nowhere = "This address leads nowhere.";
export const whyNowhere = "Perhaps it was cut short, or what stood here is gone.";
export const goToToday = "Go to Today";

// adding
export const quickAdd = "Quick add";
export const newTask = "New task";

// router
export const loading = "Loading…";

// useTitle
export const viewNotFound = (viewName: string) => `${viewName} not found`;

// viewNames
export const inbox = "Inbox";
export const calendar = "Calendar";
export const list = "List";
export const tag = "Tag";
export const filter = "Filter";
export const completed = "Completed";
export const recurring = "Recurring";
export const activity = "Activity";
export const settings = "Settings";
export const nothingFound = "Not found";
