import { mount } from 'svelte';
import App from './App.svelte';
import { applySettings } from './model/settings.svelte';
import './style/base.css';

applySettings();
mount(App, { target: document.getElementById('app')! });
