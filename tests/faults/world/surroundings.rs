//! The network and the clock.

use super::*;

impl World {
    pub(super) async fn cut_or_mend(&mut self) {
        match self.running.take() {
            Some(running) => running.stop().await,
            None => self.mend().await,
        }
    }

    pub(super) async fn mend(&mut self) {
        let running = match self.sandbox.serve(self.port).await {
            Ok(running) => running,
            // Somebody took the port meanwhile: the platform moves, and the session with it.
            Err(_) => {
                let running = self.sandbox.serve(0).await.expect("loopback can be served");
                *self.watch.remedy.write().expect("no panic holds it") =
                    Arc::new(remedy(&running.url(), TIMEOUT));
                self.port = running.address.port();
                running
            }
        };
        self.running = Some(running);
    }

    /// Time passes, for both clocks. What lingered on the way arrives.
    pub(super) async fn advance(&mut self, ms: i64) {
        self.clock.advance(ms);
        let arrived = self.watch.deliver().await;
        for _ in 0..arrived {
            self.met("create: arrives late");
        }
        self.queue.count(&self.sandbox.history(), &mut self.met);
    }

    /// Somebody sets the computer's clock. Forwards it would look like time that passed, so nothing may be on its way then:
    /// no clock can tell that apart.
    pub(super) async fn jump(&mut self) {
        let days = self.rng.random_range(1..4_000) * 86_400_000;
        if self.rng.random() {
            let arrival = self.watch.arrives_at().unwrap_or_default();
            self.advance((arrival - self.clock.now_ms()).max(0)).await;
            self.skew_ms.fetch_add(days, Ordering::SeqCst);
        } else {
            if !self.items(&OutboxFilter::Live).is_empty() {
                self.met("clock set back");
            }
            self.skew_ms.fetch_sub(days, Ordering::SeqCst);
        }
    }
}
