//! The real window, seen as a person sees it: by role and name, by keyboard, as a picture.
//!
//! Roles and names are computed by axe-core inside the page, the way a screen reader would; no class and no
//! structure of the page is known here. Invariant: every step waits for its condition with a deadline and fails
//! with what it was waiting for and what was on screen. WebKitWebDriver is asked directly: `tauri-driver`
//! does nothing more on Linux than set the variable below and rename an option.

use std::{
    fs,
    net::TcpStream,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use thirtyfour::{By, Capabilities, Key, TypingData, WebDriver, WebElement};

use super::{
    desk::{Desk, PATIENCE, Running, application, free_port, wait_until},
    screen::Screen,
};

const AXE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../ui/node_modules/axe-core/axe.min.js"
);

/// Defines what the other scripts use. `\s` holds the no-break spaces of French typography.
const LOOK: &str = include_str!("look.js");

pub struct Window {
    driver: WebDriver,
    /// WebKitWebDriver; the application is its child.
    native: Running,
    screen: Screen,
    scale: u32,
}

impl Window {
    pub(super) async fn open(desk: &Desk) -> Window {
        // reqwest, shared with the product, leaves the choice of a cryptography to the program.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let port = free_port();
        let native = desk
            .command("WebKitWebDriver")
            .args([format!("--port={port}"), "--host=127.0.0.1".into()])
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .stdout(Stdio::null())
            .stderr(desk.log_file())
            .spawn()
            .map(Running)
            .unwrap_or_else(|cause| panic!("WebKitWebDriver does not start ({cause}): run `cargo xtask test desktop`, which installs it"));
        wait_until("WebKitWebDriver listens", || {
            TcpStream::connect(("127.0.0.1", port)).is_ok()
        });
        let options = json!({ "binary": application(), "args": ["--data", desk.data()] });
        let mut capabilities = Capabilities::new();
        capabilities
            .set("webkitgtk:browserOptions", options)
            .expect("plain JSON");
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities)
            .await
            .unwrap_or_else(|cause| {
                panic!(
                    "the window does not open ({cause}): see {}",
                    desk.log().display()
                )
            });
        let window = Window {
            driver,
            native,
            screen: Screen::open(&desk.framebuffer()),
            scale: desk.scale(),
        };
        window
            .until(
                "the page is there",
                "return document.querySelector('h1') !== null",
                vec![],
            )
            .await;
        window
    }

    /// Gives the window a size in pixels of the screen; at 200 %, a page of half that.
    pub async fn resize(&self, width: u32, height: u32) {
        let (width, height) = (width / self.scale, height / self.scale);
        self.driver
            .set_window_rect(0, 0, width, height)
            .await
            .expect("the window can be resized");
        let what = format!("the page is {width}×{height}");
        let script = "return innerWidth === arguments[0] && innerHeight === arguments[1]";
        self.until(&what, script, vec![json!(width), json!(height)])
            .await;
    }

    /// Light or dark, whatever the system says.
    pub async fn theme(&self, theme: &str) {
        self.run(
            "document.documentElement.dataset.theme = arguments[0]",
            vec![json!(theme)],
        )
        .await;
        self.settle().await;
    }

    /// The element with this role and this accessible name, once it is on screen.
    pub async fn find(&self, role: &str, name: &str) -> WebElement {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(element) = self.look_for(role, name).await {
                return element;
            }
            self.not_later_than(deadline, &format!("a {role} « {name} »"))
                .await;
        }
    }

    /// Whether it is on screen now.
    pub async fn sees(&self, role: &str, name: &str) -> bool {
        self.look_for(role, name).await.is_some()
    }

    /// The accessible names of everything on screen that has this role, in reading order.
    pub async fn names(&self, role: &str) -> Vec<String> {
        serde_json::from_value(
            self.run("return look.names(arguments[0])", vec![json!(role)])
                .await,
        )
        .expect("a list of names")
    }

    /// Clicks on it, once it can be clicked.
    pub async fn click(&self, role: &str, name: &str) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let element = self.find(role, name).await;
            // The box itself of a switch or a radio is often invisible: a person clicks on its words.
            let script = "return look.target(arguments[0])";
            let arguments = vec![element.to_json().expect("an element is plain JSON")];
            if let Ok(answer) = self.driver.execute(script, arguments).await
                && let Ok(target) = answer.element()
                && target.click().await.is_ok()
            {
                return;
            }
            self.not_later_than(deadline, &format!("{role} « {name} » can be clicked"))
                .await;
        }
    }

    /// Keys, sent to whatever has the focus.
    pub async fn press(&self, keys: impl Into<TypingData>) {
        let keys: TypingData = keys.into();
        self.driver
            .action_chain()
            .send_keys(keys)
            .perform()
            .await
            .expect("keys can be sent");
    }

    /// A key pressed while another one is held.
    pub async fn press_with(&self, held: Key, key: char) {
        self.driver
            .action_chain()
            .key_down(held.clone())
            .send_keys(key)
            .key_up(held)
            .perform()
            .await
            .expect("keys can be sent");
    }

    /// Walks with Tab until the focus is on it: fails when the keyboard cannot reach it.
    pub async fn tab_to(&self, role: &str, name: &str) {
        self.find(role, name).await;
        let script = format!("return look.focused({}, {})", json!(role), json!(name));
        self.tab_until(&format!("{role} « {name} »"), &script).await;
    }

    /// Walks with Tab until the focus is in a field that takes text.
    pub async fn tab_to_field(&self) {
        self.tab_until("a field", "return look.inField()").await;
    }

    /// Waits until the focus is in a field that takes text.
    pub async fn in_field(&self) {
        self.until("the focus is in a field", "return look.inField()", vec![])
            .await;
    }

    /// Types into the field of this name, in place of what is there.
    pub async fn fill(&self, name: &str, text: &str) {
        let deadline = Instant::now() + PATIENCE;
        for role in ["textbox", "combobox", "searchbox"].iter().cycle() {
            if let Some(field) = self.look_for(role, name).await {
                field.clear().await.expect("a field can be emptied");
                return field.send_keys(text).await.expect("a field takes text");
            }
            self.not_later_than(deadline, &format!("a field « {name} »"))
                .await;
        }
    }

    /// Chooses a file where the page asks for one, as the system's dialogue would.
    pub async fn choose_file(&self, path: &Path) {
        let deadline = Instant::now() + PATIENCE;
        let chooser = By::Css("input[type=file]");
        loop {
            // The chooser itself is never on screen: a button stands for it.
            if let Ok(input) = self.driver.find(chooser.clone()).await {
                let path = path.to_str().expect("a path of ours is plain text");
                return input.send_keys(path).await.expect("a file can be chosen");
            }
            self.not_later_than(deadline, "a file is asked for").await;
        }
    }

    /// What is written in a field.
    pub async fn value(&self, role: &str, name: &str) -> String {
        let field = self.find(role, name).await;
        let value = field.prop("value").await.expect("the field is on screen");
        value.unwrap_or_default()
    }

    /// Waits until the page of this title is shown and at rest.
    pub async fn shows_page(&self, title: &str) {
        self.until(
            &format!("the page « {title} »"),
            "return document.title.startsWith(arguments[0])",
            vec![json!(title)],
        )
        .await;
        self.settle().await;
    }

    /// Waits until it is no longer on screen.
    pub async fn gone(&self, role: &str, name: &str) {
        let deadline = Instant::now() + PATIENCE;
        while self.sees(role, name).await {
            self.not_later_than(deadline, &format!("{role} « {name} » goes away"))
                .await;
        }
    }

    /// Waits until the main part no longer reads like this.
    pub async fn changes_from(&self, before: &str) {
        self.main_text_until("the page goes on", |text| text != before)
            .await;
    }

    /// Waits until what is written in the main part is so.
    pub async fn main_text_until(&self, what: &str, is_so: impl Fn(&str) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !is_so(&self.main_text().await) {
            self.not_later_than(deadline, what).await;
        }
    }

    /// Waits until these words are on screen.
    pub async fn reads(&self, words: &str) {
        let script =
            "return look.plain(document.body.innerText).includes(look.plain(arguments[0]))";
        self.until(
            &format!("« {words} » can be read"),
            script,
            vec![json!(words)],
        )
        .await;
    }

    /// What is written on screen.
    pub async fn text(&self) -> String {
        self.run("return document.body.innerText", vec![])
            .await
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// What is written in the main part, without navigation and network chip.
    pub async fn main_text(&self) -> String {
        let script = "return (document.querySelector('main') ?? document.body).innerText";
        self.run(script, vec![])
            .await
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Waits until nothing moves or loads any more.
    pub async fn settle(&self) {
        self.until("the screen is at rest", "return look.rests()", vec![])
            .await;
    }

    /// What axe-core finds wrong on this screen, one line each.
    pub async fn audit(&self) -> Vec<String> {
        self.equip().await;
        let answer = self
            .driver
            .execute_async("look.audit(arguments[0])", vec![])
            .await
            .expect("axe-core runs in the page");
        serde_json::from_value(answer.json().clone()).expect("a list of sentences")
    }

    /// The words on screen that break French typography.
    pub async fn typography(&self) -> Vec<String> {
        serde_json::from_value(self.run("return look.typography()", vec![]).await)
            .expect("a list of sentences")
    }

    /// A picture of the window.
    pub async fn picture(&self, file: &Path) {
        self.settle().await;
        self.screen.picture(file);
    }

    /// Waits until the last row of the list reads so.
    pub async fn until_row(&self, what: &str, is_so: impl Fn(&str) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !self.names("row").await.last().is_some_and(|row| is_so(row)) {
            self.not_later_than(deadline, what).await;
        }
    }

    /// Ends the application as a power cut would.
    pub fn kill(self) {
        let pid = child_of(self.native.0.id());
        let killed = Command::new("kill")
            .args(["-KILL", &pid.to_string()])
            .status()
            .expect("kill is there");
        assert!(killed.success(), "the application (pid {pid}) was running");
        wait_until("the application is gone", || is_gone(pid));
        // The session died with it: there is nothing left to close politely.
        let _ = self.driver.leak();
    }

    /// Closes the window, and waits until the application has ended: it is alone of its kind on a desk.
    pub async fn close(self) {
        let pid = child_of(self.native.0.id());
        self.driver.quit().await.expect("the window closes");
        wait_until("the application is gone", || is_gone(pid));
    }

    async fn look_for(&self, role: &str, name: &str) -> Option<WebElement> {
        self.equip().await;
        let arguments = vec![json!(role), json!(name)];
        let answer = self
            .driver
            .execute("return look.find(arguments[0], arguments[1])", arguments)
            .await;
        answer
            .unwrap_or_else(|cause| panic!("looking for {role} « {name} »: {cause}"))
            .element()
            .ok()
    }

    async fn tab_until(&self, what: &str, script: &str) {
        for _ in 0..150 {
            if self.run(script, vec![]).await == json!(true) {
                return;
            }
            self.press(Key::Tab).await;
        }
        panic!(
            "the keyboard does not reach {what}\non screen:\n{}",
            self.text().await
        );
    }

    /// Waits until the script gives `true`.
    pub async fn until(&self, what: &str, script: &str, arguments: Vec<Value>) {
        let deadline = Instant::now() + PATIENCE;
        while self.run(script, arguments.clone()).await != json!(true) {
            self.not_later_than(deadline, what).await;
        }
    }

    async fn not_later_than(&self, deadline: Instant, what: &str) {
        if Instant::now() > deadline {
            panic!(
                "waited {} s in vain: {what}\non screen:\n{}",
                PATIENCE.as_secs(),
                self.text().await
            );
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }

    /// Runs a script in the page and gives what it returns.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.equip().await;
        let answer = self.driver.execute(script, arguments).await;
        answer
            .unwrap_or_else(|cause| panic!("`{script}`: {cause}"))
            .json()
            .clone()
    }

    /// Brings axe-core and our own words into the page; a page loaded anew has lost them.
    async fn equip(&self) {
        let there = self
            .driver
            .execute("return 'look' in window", vec![])
            .await
            .expect("scripts run in the page");
        if there.json() != &json!(true) {
            let axe = fs::read_to_string(AXE)
                .expect("axe-core is installed with the ui: run `npm ci` in ui/");
            self.driver
                .execute(format!("{axe}\n{LOOK}"), vec![])
                .await
                .expect("axe-core runs in the page");
        }
    }
}

/// One that nobody has waited for yet still has its number, and nothing else.
fn is_gone(pid: u32) -> bool {
    !Path::new(&format!("/proc/{pid}/fd/0")).exists()
}

/// The application: the only child of its WebKitWebDriver.
fn child_of(parent: u32) -> u32 {
    let entries = fs::read_dir("/proc").expect("this is Linux");
    let numbers = entries
        .flatten()
        .filter_map(|entry| entry.file_name().to_string_lossy().parse::<u32>().ok());
    let is_child = |pid: &u32| {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        // After the name in parentheses, which may hold anything: state, then parent.
        let after_name = stat.rsplit(')').next().unwrap_or_default();
        after_name.split_whitespace().nth(1) == Some(&parent.to_string())
    };
    numbers
        .into_iter()
        .find(is_child)
        .expect("the application is running")
}
