//! What a site decides, and what no source settles.
//!
//! `Settings` are the switches of the sandbox. `Assumed` gathers every behaviour of AR System for which
//! we found no document, recording or client: each is a guess with a default, and no test may assert one
//! as the platform's own. Left out on purpose: the automatic closing after some days and the immutability
//! of a closed incident, which sites change and which the application does not depend on.

/// The age of the AR System server that is imitated. The two disagree on some HTTP codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// A 9.1-era server: a missing required field answers 500.
    Ar9,
    /// A 20.x server: the same answers 400.
    Ar20,
}

/// Someone the platform knows: an account, and a line of CTM:People.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub login: String,
    /// Every password in this list is accepted; in `otp_mode`, each once.
    pub passwords: Vec<String>,
    pub first_name: String,
    pub last_name: String,
    pub company: String,
}

#[derive(Debug, Clone)]
pub struct Settings {
    pub profile: Profile,
    /// An unknown user is let in as a guest, with warning 59 in the `X-AR-Messages` header.
    pub guest_users: bool,
    /// Everything answers the 403 that newer servers give over plain http.
    pub http_forbidden: bool,
    /// A password opens one session only. This switch is ours: BMC has no such thing in its login call, it
    /// stands for the charter's one-time keys whatever really checks them.
    pub otp_mode: bool,
    /// An assignment rule takes a `New` incident at once, so that the status read differs from the one sent.
    pub assign_on_create: bool,
    /// Links as some recordings have them: the create's own lacks the id, the join's holds one half of it.
    pub bare_links: bool,
    /// Longest `Description`, in characters.
    pub description_max: usize,
    /// Life of a token. One hour by default, a server setting.
    pub token_life_s: i64,
    pub users: Vec<Person>,
    /// The first incident number given: a platform that has lived gives large ones.
    pub first_number: u64,
    /// Fields this site requires on the create form beyond the usual ones. An unknown name becomes a custom field.
    pub required: Vec<String>,
    pub assumed: Assumed,
}

/// Behaviour nobody documented: see the module's header.
#[derive(Debug, Clone)]
pub struct Assumed {
    /// HTTP code of a refused login.
    pub login_failure: u16,
    /// A dead token's 401 carries the array with 623; otherwise its body is empty.
    pub dead_token_body: bool,
    /// Text of warning 59.
    pub guest_text: String,
    /// A guest's writes are made as guest; otherwise they are refused with 353.
    pub guest_may_write: bool,
    /// HTTP code of 101, 306, 314, 1587, 51310 and of the customer refusal. `None`: the same as 307 in this profile.
    pub refusal: Option<u16>,
    /// HTTP code of 326, 333 and 353.
    pub permission: u16,
    /// HTTP code of 9093.
    pub busy: u16,
    /// Message number of « … records have been found for the Incident contact information … ».
    pub customer_number: i64,
    /// A second request of a user while the first is under way gets 9093.
    pub one_request_per_user: bool,
    /// A line added to HPD:WorkLog moves the incident's Last Modified Date.
    pub worklog_touches_incident: bool,
    /// Largest attachment, in bytes.
    pub attachment_max: usize,
}

impl Default for Assumed {
    fn default() -> Assumed {
        Assumed {
            login_failure: 401,
            dead_token_body: true,
            guest_text: "User does not exist or login failed, connected as guest".into(),
            guest_may_write: true,
            refusal: None,
            permission: 403,
            busy: 500,
            customer_number: 10000,
            one_request_per_user: false,
            worklog_touches_incident: false,
            attachment_max: 10 * 1024 * 1024,
        }
    }
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            profile: Profile::Ar20,
            guest_users: false,
            http_forbidden: false,
            otp_mode: false,
            assign_on_create: true,
            bare_links: false,
            description_max: 100,
            token_life_s: 3600,
            first_number: 430,
            users: vec![Person {
                login: "c.martin".into(),
                passwords: vec!["essai".into()],
                first_name: "Camille".into(),
                last_name: "Martin".into(),
                company: "Collège d’essai".into(),
            }],
            required: Vec::new(),
            assumed: Assumed::default(),
        }
    }
}

impl Settings {
    pub(crate) fn person(&self, login: &str) -> Option<&Person> {
        self.users.iter().find(|p| p.login == login)
    }
}
